import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWith } from './describe-with.ts';
import { startTestNats } from './test-nats.ts';

async function configurationOf(options: Parameters<typeof startTestNats>[0]): Promise<string> {
  const nats = await startTestNats(options);
  const text = await readFile(join(nats.folder, 'nats.conf'), 'utf8');
  await nats.stop();
  return text;
}

describe('syncInterval, left out', () => {
  it('keeps the fast setting for tests', async () => {
    expect(await configurationOf({})).not.toContain('sync_interval');
  });
});

describeWith('nats-current', 'syncInterval on a current nats-server', () => {
  it.each(['always', '1s'] as const)('understands %s', async (syncInterval) => {
    expect(await configurationOf({ binary: process.env['NATS_CURRENT_BIN'], syncInterval })).toContain(`sync_interval: ${syncInterval}`);
  });
});
