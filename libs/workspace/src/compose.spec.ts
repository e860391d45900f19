import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { natsPasswordVariable } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { parse } from 'yaml';
import { isAgent } from './choreography.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface Container {
  readonly command?: readonly string[];
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Container>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

const text = await readFile(join(ROOT, 'docker-compose.yml'), 'utf8');
const compose = parse(text, { merge: true }) as ComposeFile;
const containers = compose.services;

describe('docker-compose.yml', () => {
  it('has one container for each service, and besides them only the stores', () => {
    const names = [...services.map(({ name }) => name), 'nats', 'mongodb', 'qdrant'];
    expect(Object.keys(containers).sort()).toEqual(names.sort());
  });

  it('starts in each container the program of that service', () => {
    for (const service of services) {
      const folder = isAgent(service) ? `services/agents/${service.name}` : `services/${service.name}`;
      expect(containers[service.name]?.command).toEqual(['node', `${folder}/dist/main.js`]);
    }
  });

  it('gives the broker every password, and each service only its own (I10)', () => {
    expect(passwordsIn('nats')).toEqual(services.map(({ name }) => natsPasswordVariable(name)).sort());
    for (const { name } of services) expect(passwordsIn(name)).toEqual([natsPasswordVariable(name)]);
  });

  it('gives agents no other secret, and no way out (I10)', () => {
    const known = ['NATS_URL', 'TROUPE_LOG_LEVEL', 'TROUPE_OWNER_EMAIL'];
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const { name } of services.filter(isAgent)) {
      const variables = Object.keys(containers[name]?.environment ?? {});
      expect(variables.filter((variable) => !known.includes(variable))).toEqual([natsPasswordVariable(name)]);
      expect(containers[name]?.networks).toEqual(['inside']);
    }
  });

  it('holds no secret itself: what is secret comes from the environment', () => {
    const values = Object.values(containers).flatMap(({ environment = {} }) => Object.entries(environment));
    const secrets = values.filter(([name]) => /PASSWORD|TOKEN|SECRET|KEY|SMTP_URL/.test(name));
    expect(secrets.length).toBeGreaterThan(services.length);
    for (const [name, value] of secrets) expect(value).toMatch(new RegExp(`^\\$\\{${name}:[-?]`));
  });

  it('and the Dockerfile keep to what Debian’s docker-compose and a Docker without BuildKit understand', async () => {
    expect(text).not.toMatch(/^(name|include):/m);
    expect(await readFile(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8')).not.toMatch(/RUN --|COPY --(?!from)/);
  });
});

describe('new-env.sh', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-env-'));
    await cp(join(ROOT, '.env.example'), join(folder, '.env.example'));
    await cp(join(ROOT, 'deploy/docker'), join(folder, 'deploy/docker'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('fills in every secret that compose demands, each another one, and overwrites nothing', async () => {
    const run = () => promisify(execFile)('sh', [join(folder, 'deploy/docker/new-env.sh')]);
    await run();
    const env = await readFile(join(folder, '.env'), 'utf8');
    const demanded = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    const values = [...demanded].map((name) => new RegExp(`^${name}=([a-z][0-9a-f]{32})$`, 'm').exec(env)?.[1]);
    expect(values).not.toContain(undefined);
    expect(new Set(values).size).toBe(services.length + 1);
    await expect(run()).rejects.toThrow(/There is a \.env already/);
  });
});

function passwordsIn(container: string): string[] {
  return Object.keys(containers[container]?.environment ?? {}).filter((name) => name.startsWith('TROUPE_NATS_PASSWORD_')).sort();
}
