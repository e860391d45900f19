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

describe('flushAlways, left out', () => {
  it('keeps the fast setting for tests', async () => {
    expect(await configurationOf({})).not.toContain('sync_interval');
  });
});

describeWith('nats-current', 'flushAlways on a current nats-server', () => {
  it('is understood', async () => {
    expect(await configurationOf({ binary: process.env['NATS_CURRENT_BIN'], flushAlways: true })).toContain('sync_interval: always');
  });
});
