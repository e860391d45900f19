import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentSchema, natsPasswordVariable } from '@troupe/service-host';
import { services } from '@troupe/solo';

const ROOT = join(import.meta.dirname, '../../..');

/** One variable for a whole family, and what only `npm start` and `npm test` read: shown as comments. */
const SHOWN_AS_COMMENTS = ['TROUPE_WEBHOOK_SECRET_ACME', 'NATS_SERVER_BIN', 'NATS_SYNC_INTERVAL'];

const paragraphs = (await readFile(join(ROOT, '.env.example'), 'utf8')).split('\n\n').map((text) => text.trim().split('\n'));
const assignments = paragraphs.flatMap((lines) => lines.flatMap(assignment));

describe('.env.example', () => {
  it('lists every variable of the configuration with its default, and each password of the broker', () => {
    const defaults: Record<string, string | number | undefined> = EnvironmentSchema.parse({});
    const settings = Object.keys(EnvironmentSchema.shape).map((name) => [name, String(defaults[name] ?? '')]);
    const passwords = services.map(({ name }) => [natsPasswordVariable(name), '']);
    expect(new Map(assignments)).toEqual(new Map([...settings, ...passwords] as [string, string][]));
  });

  it('lists nothing twice', () => {
    expect(assignments.map(([name]) => name)).toHaveLength(new Set(assignments.map(([name]) => name)).size);
  });

  it('shows the families and the variables of the scripts as comments', () => {
    const shown = paragraphs.flat().flatMap((line) => /^# ([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(shown).toEqual(SHOWN_AS_COMMENTS);
  });

  it('says above each variable what it is for', () => {
    const unexplained = paragraphs.filter((lines) => lines.some((line) => assignment(line).length > 0) && !/^# [A-Z].*\.$/.test(lines[0] ?? ''));
    expect(unexplained).toEqual([]);
  });

  it('is a configuration that the services accept', () => {
    const filled = Object.fromEntries(assignments.filter(([, value]) => value !== ''));
    expect(EnvironmentSchema.safeParse(filled).success).toBe(true);
  });
});

function assignment(line: string): [name: string, value: string][] {
  const [, name, value] = /^([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}
