import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knowsSyncInterval } from './nats-version.ts';

describe('knowsSyncInterval', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'troupe-version-'))));
  afterAll(() => rm(folder, { recursive: true }));

  const saying = async (text: string): Promise<string> => {
    const path = join(folder, `nats-server-${Math.random()}`);
    await writeFile(path, `#!/bin/sh\necho '${text}'\n`);
    await chmod(path, 0o755);
    return path;
  };

  it.each([
    ['nats-server: v2.9.10', false],
    ['nats-server: v2.9.25', false],
    ['nats-server: v2.10.0', true],
    ['nats-server: v2.15.1', true],
    ['nats-server: v3.0.0-beta.1', true],
    ['nats-server: v1.4.1', false],
  ])('%s: %s', async (version, can) => {
    await expect(saying(version).then(knowsSyncInterval)).resolves.toBe(can);
  });

  it('does not guess', async () => {
    await expect(saying('hello').then(knowsSyncInterval)).rejects.toThrow('says "hello", which names no version');
  });
});
