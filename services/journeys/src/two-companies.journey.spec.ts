import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventually, type TestNats } from '@troupe/testkit';
import { sendMail } from './harness/mail.ts';
import type { Card } from './harness/operator.ts';
import { startBroker, startWorld, type World } from './harness/world.ts';

const TEST_TIMEOUT_MS = 60_000;
const SLOW = { timeoutMs: 30_000 };

interface Letter {
  readonly id: string;
  readonly handler: string;
}

/** What says of the broker itself what happens there, and no company is asked. */
const OF_THE_BROKER = /^\$JS\.EVENT\./;
/** The one thing all ask for alike: whether there is JetStream. */
const OF_ALL = '$JS.API.INFO';

/** One nats-server, one account: the users of both companies, and somebody who sees every message. */
describe('two companies in one account of one broker', () => {
  let nats: TestNats;
  let acme: World;
  let zen: World;
  let onlooker: NatsConnection;
  let manager: JetStreamManager;
  const heard = new Set<string>();

  beforeAll(async () => {
    nats = await startBroker(['acme', 'zen'], undefined, { onlooker: 'sees-all' });
    onlooker = await connect({ servers: nats.url, user: 'onlooker', pass: 'sees-all' });
    manager = await jetstreamManager(onlooker);
    onlooker.subscribe('>', { callback: (_error, { subject, reply }) => [subject, reply ?? ''].forEach((name) => heard.add(name)) });
    await onlooker.flush();
    acme = await startWorld({ broker: nats, prefix: 'acme' });
    zen = await startWorld({ broker: nats, prefix: 'zen' });
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await Promise.all([acme?.stop(), zen?.stop()]);
    await onlooker?.close();
    await nats?.stop();
  }, TEST_TIMEOUT_MS);

  const mail = { from: 'Ana <ana@customer.example>', subject: 'Export fails', text: 'The CSV export fails with an error. Could you please have a look?', messageId: '<same@customer.example>' };

  async function heldReplies(world: World): Promise<Card[]> {
    return (await world.operator.cards('&state=held')).filter(({ type }) => type === 'email.send');
  }
  async function deadLetters({ operator }: World): Promise<Letter[]> {
    return (await operator.get<{ items: Letter[] }>('/api/dead-letters')).body.items;
  }
  async function episodes({ operator }: World): Promise<{ id: string; type: string }[]> {
    const { body } = await operator.get<{ items: { event: { id: string; type: string } }[] }>('/api/episodes?limit=200');
    return body.items.map(({ event }) => event);
  }

  it('each takes the same mail for its own', async () => {
    for (const world of [acme, zen]) await sendMail(world.smtpPort, mail);
    for (const world of [acme, zen]) {
      await eventually(async () => expect(await heldReplies(world)).toHaveLength(1), SLOW);
      expect((await episodes(world)).filter(({ type }) => type === 'evt.email.received')).toHaveLength(1);
    }
  }, TEST_TIMEOUT_MS);

  it('what arrives at one is neither an event nor a memory of the other', async () => {
    const before = await episodes(zen);
    await sendMail(acme.smtpPort, { ...mail, subject: 'Invoice twice', messageId: '<acme-only@customer.example>' });
    await eventually(async () => expect(await heldReplies(acme)).toHaveLength(2), SLOW);
    const known = new Set((await episodes(acme)).map(({ id }) => id));
    expect((await episodes(zen)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(known.size).toBeGreaterThan(before.length);
    expect((await manager.streams.info('zen-EVENTS')).state.messages).toBe(before.length);
  }, TEST_TIMEOUT_MS);

  it('what one approves leaves once, and the other is still asked', async () => {
    const [card] = (await heldReplies(acme)).filter(({ args }) => args['subject'] === 'Re: Export fails') as [Card];
    expect((await acme.operator.decide(card, 'approve')).status).toBe(200);
    await eventually(async () => expect((await acme.operator.card(card.id)).state).toBe('executed'), SLOW);
    expect([acme.outgoing.messages.length, zen.outgoing.messages.length]).toEqual([1, 0]);
    expect(await heldReplies(zen)).toHaveLength(1);
    expect(await manager.streams.getMessage('KV_zen-EFFECT_LEDGER', { last_by_subj: `$KV.zen-EFFECT_LEDGER.${card.id}` })).toBeNull();
  }, TEST_TIMEOUT_MS);

  it('a dead letter of one is redriven there, and the other hears of neither', async () => {
    const before = (await episodes(zen)).length;
    onlooker.publish('acme.evt.email.received.gateway', 'no event');
    await eventually(async () => expect((await deadLetters(acme)).length).toBeGreaterThan(0), SLOW);
    const [{ id, handler }] = (await deadLetters(acme)) as [Letter];
    expect((await acme.operator.post(`/api/dead-letters/${id}/redrive`, {})).status).toBeLessThan(300);
    await eventually(async () => expect((await deadLetters(acme)).filter((letter) => letter.handler === handler).map((letter) => letter.id)).toEqual([expect.not.stringMatching(`^${id}$`)]), SLOW);
    expect([...heard].filter((subject) => /^(?:zen\.)?redrive\./.test(subject))).toEqual([]);
    expect(await deadLetters(zen)).toEqual([]);
    expect((await episodes(zen)).length).toBe(before);
    expect((await manager.streams.info('zen-DEAD')).state.messages).toBe(0);
  }, TEST_TIMEOUT_MS);

  it('each rebuilds its own', async () => {
    const { body } = await acme.operator.post<{ complete: boolean; stores: { ok: boolean }[] }>('/api/rebuild', {});
    expect(body).toMatchObject({ complete: true, stores: [{ ok: true }, { ok: true }, { ok: true }] });
    expect(await heldReplies(acme)).toHaveLength(1);
    expect(await heldReplies(zen)).toHaveLength(1);
  }, TEST_TIMEOUT_MS);

  it('every stream, bucket, consumer and subject on the broker carries the name of its company', async () => {
    const subjects = [...heard];
    const streams = await listed(manager.streams.list());
    expect(streams.map(({ config }) => config.name).filter((name) => !/^(?:KV_|OBJ_)?(?:acme|zen)-/.test(name))).toEqual([]);
    expect(streams.flatMap(({ config }) => config.subjects).filter((subject) => !/^(?:\$KV\.|\$O\.)?(?:acme|zen)[.-]/.test(subject))).toEqual([]);
    expect(streams.length).toBeGreaterThan(20);
    for (const { config: { name } } of streams) {
      const durables = (await listed(manager.consumers.list(name))).flatMap(({ config }) => config.durable_name ?? []);
      expect(durables.filter((durable) => !/^(?:acme|zen)-/.test(durable))).toEqual([]);
    }
    const ours = subjects.filter((subject) => subject !== '' && !OF_THE_BROKER.test(subject) && subject !== OF_ALL && !subject.startsWith('_INBOX.'));
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.filter((subject) => !/(?:^|\.|\.KV_|\.OBJ_)(?:acme|zen)[.-]/.test(subject))).toEqual([]);
  }, TEST_TIMEOUT_MS);
});

async function listed<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
