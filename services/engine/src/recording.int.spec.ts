import { CompleteTask, EngineAnswered, TriageAnswerSchema, type Envelope, type EventOf, type RequestOf } from '@troupe/contracts';
import { Blobs, EventTail, isEvent, openLink, Queries, type NatsLink } from '@troupe/messaging';
import { startServices, type RunningServices } from '@troupe/service-host';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { engine } from './index.ts';

const trigger = { eventId: 'evt_mail', correlationId: 'evt_story', origin: 'external' as const, hops: 1, snapshot: 7, askedBy: 'triage' };

/** The service as it runs: its broker, its query, its records. The provider is the offline stand-in. */
describe('I7: the engine service', () => {
  let nats: TestNats;
  let link: NatsLink;
  let running: RunningServices;
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'troupe-engine-'));
    nats = await startTestNats();
    running = await startServices([engine], { natsUrl: nats.url, env: { TROUPE_HOME: home, TROUPE_LOG_LEVEL: 'silent' } });
    link = await openLink({ url: nats.url, service: 'asker' });
  }, 60_000);
  afterAll(async () => {
    await running.stop();
    await link.connection.close();
    await nats.stop();
    await rm(home, { recursive: true, force: true });
  });

  function ask(request: Partial<RequestOf<typeof CompleteTask>>) {
    const schema = z.toJSONSchema(TriageAnswerSchema);
    const whole = { callId: 'ask_1', task: 'mail.triage', taskVersion: '1', instructions: 'Sort it.', input: {}, schema, trigger };
    return new Queries(link, [CompleteTask]).ask(CompleteTask, { ...whole, ...request });
  }

  async function promptOf(record: EventOf<typeof EngineAnswered> | undefined): Promise<unknown> {
    if (!record?.data.prompt) throw new Error('The record names no prompt.');
    return JSON.parse(Buffer.from(await new Blobs(link).get(record.data.prompt)).toString());
  }

  async function recordings(): Promise<EventOf<typeof EngineAnswered>[]> {
    const events: Envelope[] = [];
    const tail = new EventTail(link, pino({ level: 'silent' }));
    const throughSequence = await tail.lastSequence();
    if (throughSequence === 0) return [];
    const onEvent = async (event: Envelope): Promise<void> => void events.push(event);
    await tail.read({ fromSequence: 1, throughSequence, signal: new AbortController().signal, onEvent });
    return events.filter((event) => isEvent(EngineAnswered, event));
  }

  it('asks nothing without a triggering event', async () => {
    await expect(ask({ trigger: undefined as never })).rejects.toThrow();
    expect(await recordings()).toEqual([]);
  });

  it('records a call in the story that made the agent ask, enough to replay it', async () => {
    const outcome = await ask({ callId: 'ask_2', task: 'no.such_task' });
    expect(outcome.kind).toBe('declined');
    const [record] = (await recordings()).filter(({ data }) => data.callId === 'ask_2');
    expect(record).toMatchObject({ correlationid: 'evt_story', causationid: 'evt_mail', origin: 'external', hops: 2 });
    expect(record?.data).toMatchObject({ askedBy: 'triage', task: 'no.such_task', taskVersion: '1', model: { provider: 'offline-rules' } });
    expect(record?.data.promptDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(record?.data.outcome).toMatchObject({ kind: 'declined' });
  });

  it.each([
    ['input', { input: { subject: 'another' } }],
    ['instructions', { instructions: 'Sort it by size.' }],
    ['version of the task', { taskVersion: '2' }],
    ['schema', { schema: { type: 'object' } }],
    ['task', { task: 'quite.another_task' }],
  ])('makes a new call for another %s under the same call id, and keeps both on record', async (what, change) => {
    const asked = { callId: `ask_changed_${what.replaceAll(' ', '_')}`, task: 'some.unknown_task', input: { subject: 'one' } };
    await ask(asked);
    await ask({ ...asked, ...change });
    await ask(asked);
    const records = (await recordings()).filter(({ data }) => data.callId === asked.callId);
    expect(records).toHaveLength(2);
    expect(new Set(records.map(({ data }) => data.promptDigest)).size).toBe(2);
    expect(new Set(records.map(({ data }) => data.prompt?.digest)).size).toBe(what === 'task' || what === 'version of the task' ? 1 : 2);
  });

  it('keeps the prompt, without the secrets in it', async () => {
    await ask({ callId: 'ask_secret', task: 'a.task', instructions: 'Sort it.', input: { text: 'my password: hunter22secret' } });
    const [record] = (await recordings()).filter(({ data }) => data.callId === 'ask_secret');
    const prompt = await promptOf(record);
    expect(prompt).toMatchObject({ instructions: 'Sort it.', input: { text: expect.stringContaining('[redacted:password]') } });
    expect(JSON.stringify(prompt)).not.toContain('hunter22secret');
    expect(record?.data.parameters).toEqual({ rules: expect.any(String) });
  });

  it('gives a repeated call its recorded answer, and does not call again', async () => {
    const asked = { callId: 'ask_3', task: 'another.unknown_task' };
    const [first, second] = [await ask(asked), await ask(asked)];
    expect(second).toEqual(first);
    expect((await recordings()).filter(({ data }) => data.callId === 'ask_3')).toHaveLength(1);
  });

  it('makes one call of two that arrive together', async () => {
    const asked = { callId: 'ask_4', task: 'a.third_task' };
    await Promise.all([ask(asked), ask(asked)]);
    expect((await recordings()).filter(({ data }) => data.callId === 'ask_4')).toHaveLength(1);
  });
});
