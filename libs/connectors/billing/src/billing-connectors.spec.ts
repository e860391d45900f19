import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionCatalogue } from '@troupe/contracts';
import { billingConnectors } from './billing-connectors.ts';
import { PAUSE, refundOf, REMINDER } from './testing/attempts.ts';

const signal = new AbortController().signal;

describe('billingConnectors', () => {
  let home: string;

  beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'troupe-billing-'))));
  afterEach(() => rm(home, { recursive: true }));

  const sandbox = async () => (await billingConnectors({ home, now: Date.now }))[0]!;
  const file = () => join(home, 'billing-sandbox.jsonl');
  const lines = async () => (await readFile(file(), 'utf8')).trimEnd().split('\n');

  it('takes the sandbox unless there is a key', async () => {
    const modeWith = async (stripeApiKey?: string) => (await billingConnectors({ home, stripeApiKey, now: Date.now }))[0]?.mode;
    expect([await modeWith(), await modeWith('sk_test_1')]).toEqual(['sandbox', 'live']);
  });

  it('handles every catalogue action of billing', async () => {
    const types = ActionCatalogue.filter(({ connector }) => connector === 'billing').map(({ type }) => type);
    expect([...(await sandbox()).handles].sort()).toEqual([...types].sort());
  });

  it('notes an action in a line one can read', async () => {
    await expect((await sandbox()).execute(PAUSE, signal)).resolves.toMatchObject({ kind: 'executed', summary: expect.stringContaining('no money moved') as unknown });
    expect((await lines()).map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ key: 'auth_1', type: 'billing.pause_collection', args: PAUSE.action.args, at: '2026-11-23T07:15:00.000Z' }),
    ]);
  });

  it('notes a key once, however often it comes and whoever brings it', async () => {
    const ledger = await sandbox();
    const effects = await Promise.all([ledger, ledger, ledger].map((each) => each.execute(REMINDER, signal)));
    effects.push(await (await sandbox()).execute(REMINDER, signal));
    expect(new Set(effects.map((effect) => JSON.stringify(effect))).size).toBe(1);
    expect(await lines()).toHaveLength(1);
  });

  it('knows what it noted', async () => {
    await expect((await sandbox()).findOutcome(REMINDER, signal)).resolves.toEqual({ kind: 'not_executed' });
    await (await sandbox()).execute(REMINDER, signal);
    await expect((await sandbox()).findOutcome(REMINDER, signal)).resolves.toMatchObject({ kind: 'executed' });
  });

  it('reads on past a line that a crash tore', async () => {
    await appendFile(file(), '{"key":"auth_0","ref');
    await (await sandbox()).execute(refundOf('ch_1'), signal);
    await expect((await sandbox()).findOutcome(refundOf('ch_1'), signal)).resolves.toMatchObject({ kind: 'executed' });
    expect(await lines()).toHaveLength(2);
  });
});
