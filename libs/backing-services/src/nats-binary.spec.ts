import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateNatsServer } from './nats-binary.ts';

describe('locateNatsServer', () => {
  const environment = { ...process.env };
  let folder: string;

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'troupe-locate-'))));
  afterEach(async () => {
    process.env = { ...environment };
    await rm(folder, { recursive: true });
  });

  const executable = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, '#!/bin/sh\n');
    await chmod(path, 0o755);
    return path;
  };

  it('prefers NATS_SERVER_BIN', async () => {
    process.env['NATS_SERVER_BIN'] = await executable('another-nats');
    await expect(locateNatsServer()).resolves.toEqual({ binary: join(folder, 'another-nats'), how: 'env' });
  });

  it('refuses a NATS_SERVER_BIN that cannot be executed, and says what to do', async () => {
    process.env['NATS_SERVER_BIN'] = join(folder, 'absent');
    await expect(locateNatsServer()).rejects.toThrow(/absent, which cannot be executed: correct it, or unset it/);
  });

  it('finds one on the PATH', async () => {
    delete process.env['NATS_SERVER_BIN'];
    await executable('nats-server');
    process.env['PATH'] = `${folder}:${environment['PATH']}`;
    await expect(locateNatsServer()).resolves.toEqual({ binary: join(folder, 'nats-server'), how: 'path' });
  });
});
