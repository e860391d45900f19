import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAction, type Action, type Connector } from '@troupe/contracts';
import { simpleParser } from 'mailparser';
import { emailConnectors } from './email-connectors.ts';
import { attemptOf, MAIL } from './testing/attempts.ts';

const signal = new AbortController().signal;
const labelAction = (add: string[], remove: string[]): Action => ({ type: 'email.label', args: { messageId: '<a@b>', add, remove } });

describe('emailConnectors', () => {
  let home: string;

  beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'troupe-email-'))));
  afterEach(() => rm(home, { recursive: true }));

  const connectorFor = (type: string): Connector => {
    const connectors = emailConnectors({ home, ownerEmail: 'owner@example.org' });
    return connectors.find(({ handles }) => handles.includes(type))!;
  };

  it('takes the sandbox unless there is a mail server', () => {
    const modeWith = (smtpUrl?: string) => emailConnectors({ home, ownerEmail: 'owner@example.org', smtpUrl })[0]?.mode;
    expect([modeWith(), modeWith(''), modeWith('smtp://127.0.0.1:25')]).toEqual(['sandbox', 'sandbox', 'live']);
  });

  it('handles every catalogue action of mail', () => {
    for (const type of ['email.send', 'email.label']) expect(connectorFor(type).handles).toContain(findAction(type)?.type);
  });

  describe('the sandbox outbox', () => {
    const files = () => readdir(join(home, 'outbox'));

    it('writes one mail that can be opened', async () => {
      const outbox = connectorFor('email.send');
      const effect = await outbox.execute(attemptOf(MAIL), signal);
      const [name, ...others] = await files();
      expect(others).toEqual([]);
      expect(name).toMatch(/^[0-9a-f]{16}\.eml$/);
      expect(effect).toMatchObject({ kind: 'executed', summary: expect.stringContaining(`outbox/${name}`) as unknown });
      const mail = await simpleParser(await readFile(join(home, 'outbox', name!)));
      expect(mail.messageId).toBe(outbox.keyOf(attemptOf(MAIL)));
    });

    it('writes one file however often, whenever and by however many it is told', async () => {
      const attempts = [0, 1, 2, 3].map((n) => ({ ...attemptOf(MAIL), startedAtMs: 1_000 * Math.floor(n / 2) }));
      await connectorFor('email.send').execute(attempts[0]!, signal);
      await Promise.all(attempts.map((attempt) => connectorFor('email.send').execute(attempt, signal)));
      expect(await files()).toHaveLength(1);
    });

    it('knows what it wrote', async () => {
      const outbox = connectorFor('email.send');
      await expect(outbox.findOutcome(attemptOf(MAIL), signal)).resolves.toEqual({ kind: 'not_executed' });
      await outbox.execute(attemptOf(MAIL), signal);
      await expect(outbox.findOutcome(attemptOf(MAIL), signal)).resolves.toMatchObject({ kind: 'executed' });
      await expect(outbox.findOutcome(attemptOf(MAIL, 'act_other'), signal)).resolves.toEqual({ kind: 'not_executed' });
    });

    it('says what to do when it cannot write', async () => {
      await writeFile(join(home, 'outbox'), 'a file where the folder should be');
      const effect = await connectorFor('email.send').execute(attemptOf(MAIL), signal);
      expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'folder_unwritable', hint: expect.stringContaining('writable') as unknown } });
    });
  });

  describe('the label store', () => {
    const apply = (action: Action, id: string) => connectorFor('email.label').execute(attemptOf(action, id), signal);
    const labels = async (): Promise<unknown> => {
      const [name] = await readdir(join(home, 'labels'));
      return JSON.parse(await readFile(join(home, 'labels', name!), 'utf8'));
    };

    it('adds, removes and says that it is no mailbox', async () => {
      await apply(labelAction(['newsletter', 'later'], []), 'act_1');
      const effect = await apply(labelAction(['read'], ['later']), 'act_2');
      expect(effect).toMatchObject({ kind: 'executed', summary: expect.stringContaining('no mailbox') as unknown });
      expect(await labels()).toMatchObject({ messageId: '<a@b>', labels: ['newsletter', 'read'] });
    });

    it('is taken back by its compensation, and stays so when the first action comes again', async () => {
      await apply(labelAction(['newsletter'], []), 'act_1');
      await apply(labelAction([], ['newsletter']), 'act_2');
      await apply(labelAction(['newsletter'], []), 'act_1');
      expect(await labels()).toMatchObject({ labels: [], appliedActionIds: ['act_1', 'act_2'] });
    });

    it('loses nothing when two actions meet on one mail', async () => {
      const store = connectorFor('email.label');
      const at = (label: string) => store.execute(attemptOf(labelAction([label], []), `act_${label}`), signal);
      await Promise.all(['a', 'b', 'c', 'd'].map(at));
      expect(await labels()).toMatchObject({ labels: ['a', 'b', 'c', 'd'] });
    });

    it('knows what it applied', async () => {
      const store = connectorFor('email.label');
      const attempt = attemptOf(labelAction(['a'], []));
      await expect(store.findOutcome(attempt, signal)).resolves.toEqual({ kind: 'not_executed' });
      await store.execute(attempt, signal);
      await expect(store.findOutcome(attempt, signal)).resolves.toMatchObject({ kind: 'executed' });
    });
  });
});
