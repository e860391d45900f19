import {
  evolve, LifecycleContracts, NOTHING_YET, outputId, schemaUrn, stampOf, stateOf, type ActionLife, type Envelope, type EventContract, type LifecycleEvent,
} from '@troupe/contracts';
import { RetryableError, type Decided, type ReadOptions } from '@troupe/messaging';
import { readConfig } from '@troupe/service-host';
import { FakeClock } from '@troupe/testkit';
import { ActionDecisions } from '../action-decisions.ts';
import { instant } from '../approval/decision-context.ts';
import { CedarPolicies } from '../judgement/cedar-policy.adapter.ts';
import { DEFAULT_POLICIES_FOLDER } from '../judgement/policies-folder.ts';
import { ProposalOrigins } from '../judgement/proposal-origins.ts';
import { InMemoryStore } from '../testing/in-memory-store.ts';
import { about, HOUR_MS, label, mail, NEEDS_OWNER, START_MS } from '../testing/life.ts';
import { ApprovalRebuild } from './approval-rebuild.ts';
import { LifePages } from './life-pages.ts';
import { OpenQuestions } from './open-questions.ts';
import { OwedRulings } from './owed-rulings.ts';

const policies = CedarPolicies.load(DEFAULT_POLICIES_FOLDER);

/** A stream in memory, what policy keeps beside it, and the rebuild; what the rebuild says is put on the stream. */
class World {
  readonly stream: Envelope[] = [];
  readonly store = new InMemoryStore<Decided<ActionLife>>();
  readonly clock = new FakeClock(START_MS);
  readonly rebuild: ApprovalRebuild;
  /** Happens once, while the stream is read. */
  meanwhile: (() => Promise<void>) | undefined;

  constructor(memory: () => Promise<unknown> = () => Promise.reject(new Error('memory is away'))) {
    const config = readConfig({}, () => 'an-operator-token');
    const origins = new ProposalOrigins({ ask: () => memory() as never });
    const decisions = new ActionDecisions(this.store, policies, origins, config, this.clock);
    const publish = (contract: EventContract, data: unknown, more: { id: string; causationId?: string; snapshot?: number }) =>
      Promise.resolve(this.put(contract.type, data, { id: more.id, causationid: more.causationId, snapshot: more.snapshot, agent: 'policy' }));
    const owed = new OwedRulings(decisions, { publish } as never, this.clock);
    const read = async ({ filter = '', throughSequence, onEvent }: ReadOptions) => {
      const happens = this.meanwhile;
      this.meanwhile = undefined;
      await happens?.();
      for (const [index, event] of this.stream.slice(0, throughSequence).entries()) {
        if (event.type.startsWith(filter.slice(0, -1))) await onEvent(event, { sequence: index + 1, pending: 0 });
      }
    };
    const tail = { read, lastSequence: () => Promise.resolve(this.stream.length) };
    this.rebuild = new ApprovalRebuild(this.store, tail as never, owed, config, { info: () => {} });
  }

  tell({ kind, data }: LifecycleEvent, more: Partial<Envelope> = {}): Envelope {
    return this.put(LifecycleContracts[kind].type, data, more);
  }

  put(type: string, data: unknown, more: Record<string, unknown>): Envelope {
    const event: Envelope = {
      specversion: '1.0', id: `evt_${this.stream.length + 1}`, source: '/services/x', type, time: instant(this.clock.now()),
      dataschema: schemaUrn({ type: type as 'evt.x.y', version: 1 }), datacontenttype: 'application/json', correlationid: 'story',
      origin: 'external', hops: 1, agent: 'x', agentversion: '1', ...more, data,
    };
    if (!this.stream.some(({ id }) => id === event.id)) this.stream.push(event);
    return event;
  }

  /** What was said after `before` events. */
  said(before: number): string[] {
    return this.stream.slice(before).map(({ type }) => type);
  }

  async kindOf(actionId: string): Promise<string> {
    return stateOf((await this.store.get(actionId))?.state.state ?? NOTHING_YET).kind;
  }
}

describe('after a rebuild nothing is stranded', () => {
  it('what has a verdict and no ruling is judged, under the ids its handler would have used', async () => {
    const world = new World();
    const verdicts = Array.from({ length: 300 }, (_, index) => {
      const { proposed, verified } = about(index % 2 === 0 ? label : mail, `act_${index}`);
      if (index % 3 === 0) {
        const verdict = world.tell(verified());
        world.tell(proposed());
        return verdict;
      }
      world.tell(proposed());
      return world.tell(verified());
    });
    const before = world.stream.length;
    expect(await world.rebuild.run()).toEqual({ actions: 300, throughSequence: before });
    expect(world.said(before).sort()).toEqual([...Array<string>(150).fill('evt.action.authorized'), ...Array<string>(150).fill('evt.action.held')]);
    expect(new Set(world.stream.slice(before).map(({ id }) => id))).toEqual(new Set(verdicts.map(({ id }) => outputId(id, 'policy.onAction', 0))));
    expect([await world.kindOf('act_0'), await world.kindOf('act_1')]).toEqual(['authorized', 'held']);
  });

  it.each([
    ['comes back', 2, 'system', 'claim'],
    ['stays away', Infinity, 'external', 'unanswered'],
  ])('and what nobody can say the origin of waits for memory, which %s', async (_, awayFor, origin, from) => {
    let asked = 0;
    const traced = { kind: 'traced', story: [], sources: [{ eventId: 'evt_0', origin: 'system' }], unknown: [], addresses: [] };
    const world = new World(() => ((asked += 1) > awayFor ? Promise.resolve(traced) : Promise.reject(new RetryableError('Nobody answered.', { delayMs: 1 }))));
    for (const event of [about(mail).proposed(), about(mail).verified()]) world.tell(event, { origin: 'system' });
    await world.rebuild.run();
    expect(world.stream.slice(2)).toMatchObject([{ type: 'evt.action.held', data: { policy: { taint: { origin, from } } } }]);
  });

  it('and a second rebuild says nothing more', async () => {
    const world = new World();
    for (const event of [about(mail).proposed(), about(mail).verified()]) world.tell(event);
    await world.rebuild.run();
    const before = world.stream.length;
    await world.rebuild.run();
    expect(world.said(before)).toEqual([]);
    expect(await world.kindOf('act_1')).toBe('held');
  });

  it('what is due comes due: the verifier that never spoke, the card that lay too long, the snooze that ended', async () => {
    const world = new World();
    const hold = (actionId: string, expiresAt: string): LifecycleEvent => ({
      kind: 'held', data: { actionId, digest: about(mail).digest, action: mail, policy: NEEDS_OWNER, why: 'needs_owner', expiresAt },
    });
    world.tell(about(mail, 'act_unseen').proposed());
    for (const id of ['act_old', 'act_asleep', 'act_open']) {
      world.tell(about(mail, id).proposed());
      world.tell(about(mail, id).verified());
      world.tell(hold(id, instant(START_MS + (id === 'act_old' ? 1 : 48) * HOUR_MS)), { snapshot: world.stream.length });
    }
    world.tell(about(mail, 'act_asleep').decided({ decision: 'snooze', until: instant(START_MS + HOUR_MS) }), { id: 'evt_snooze' });
    const snoozed = { actionId: 'act_asleep', digest: about(mail).digest, decision: 'snooze', actionType: mail.type, proposedBy: 'x', until: instant(START_MS + HOUR_MS) };
    world.put('evt.approval.accepted', snoozed, { causationid: 'evt_snooze', snapshot: world.stream.length });
    const before = world.stream.length;
    world.clock.advance(2 * HOUR_MS);
    await world.rebuild.run();
    expect(world.said(before).sort()).toEqual(['evt.action.expired', 'evt.action.held', 'evt.action.held']);
    expect(await Promise.all(['act_unseen', 'act_old', 'act_asleep', 'act_open'].map((id) => world.kindOf(id)))).toEqual(['held', 'expired', 'held', 'held']);
  });

  it('what the owner asked and nobody answered is answered, and what was answered is not answered again', async () => {
    const world = new World();
    world.tell(about(mail).proposed());
    world.tell(about(mail).verified());
    await world.rebuild.run();
    world.tell(about(mail).decided({ decision: 'approve' }));
    const before = world.stream.length;
    await world.rebuild.run();
    expect(world.said(before)).toEqual(['evt.action.authorized']);
    await world.rebuild.run();
    expect(world.said(before + 1)).toEqual([]);
    expect(await world.kindOf('act_1')).toBe('authorized');
  });

  it('what was decided while the rebuild ran is kept', async () => {
    const world = new World();
    world.tell(about(mail).proposed());
    world.tell(about(mail).verified());
    await world.rebuild.run();
    world.meanwhile = async () => {
      const current = await world.store.get('act_1');
      if (!current) throw new Error('act_1 is gone');
      const state = { ...current.state.state, closed: { denied: 'd' } };
      await world.store.update('act_1', { ...current.state, state }, current.revision);
    };
    await world.rebuild.run();
    expect(await world.kindOf('act_1')).toBe('denied');
    await world.rebuild.run();
    expect(await world.kindOf('act_1')).toBe('held');
  });

  it('what no event of the stream is about goes', async () => {
    const world = new World();
    await world.store.create('act_never', { state: { ...NOTHING_YET, closed: { denied: 'd' } }, outbox: [] });
    world.tell(about(mail).proposed());
    expect(await world.rebuild.run()).toMatchObject({ actions: 1 });
    expect(await world.store.get('act_never')).toBeUndefined();
  });
});

describe('the memory of a rebuild', () => {
  it('holds no question that was answered, and no action that is over', () => {
    const open = new OpenQuestions(30_000);
    const world = new World();
    let life = NOTHING_YET;
    const note = (event: LifecycleEvent, more: Partial<Envelope> = {}) => {
      const envelope = world.tell(event, more);
      const sequence = world.stream.length;
      const stamp = stampOf(envelope, sequence);
      life = evolve(life, event, stamp);
      open.note({ actionId: 'act_1', event, stamp, envelope, sequence, life });
      return open.all.length;
    };
    const { proposed, verified, decided, digest } = about(mail);
    const name = { actionId: 'act_1', digest };
    expect([note(proposed()), note(verified()), note(decided({ decision: 'approve' }), { id: 'evt_asked' })]).toEqual([1, 2, 3]);
    expect(note({ kind: 'refused', data: { ...name, code: 'invalid', message: 'no', hint: 'wait' } }, { causationid: 'evt_asked' })).toBe(2);
    expect(note({ kind: 'denied', data: { ...name, by: 'policy' } }, { causationid: 'evt_2', snapshot: 2 })).toBe(0);
  });

  const key = (index: number) => `act_${index}`;

  it('is bounded: what was not touched for longest is in the store, and comes back when its events do', async () => {
    const store = new InMemoryStore<Decided<ActionLife>>();
    const pages = new LifePages(store, 0, 10);
    const verdict = (digest: string): ActionLife => ({ ...NOTHING_YET, verdicts: { [digest]: 'verified' } });
    for (let index = 0; index < 100; index += 1) await pages.set(key(index), verdict('a'));
    expect(store.writes).toBeGreaterThanOrEqual(90);
    const early = await pages.get(key(0));
    expect(early).toEqual(verdict('a'));
    await pages.set(key(0), { ...early, verdicts: { ...early.verdicts, b: 'flagged' } });
    await pages.flush();
    expect(pages.count).toBe(100);
    expect((await store.get(key(0)))?.state.state.verdicts).toEqual({ a: 'verified', b: 'flagged' });
    expect(pages.has(key(99)) && !pages.has(key(100))).toBe(true);
  });

  it('keeps the outbox, and joins what was decided since the rebuild began', async () => {
    const store = new InMemoryStore<Decided<ActionLife>>();
    const outbox = [{ eventId: 'evt_1', handler: 'policy.onAction', outputs: [] }];
    await store.create('old', { state: { ...NOTHING_YET, closed: { denied: 'never' } }, outbox });
    await store.create('mark', { state: NOTHING_YET, outbox: [] });
    await store.create('new', { state: { ...NOTHING_YET, closed: { expired: 'd' } }, outbox });
    const pages = new LifePages(store, 2, 10);
    for (const name of ['old', 'new']) await pages.set(name, { ...NOTHING_YET, closed: { answered: 'd' } });
    await pages.flush();
    expect((await store.get('old'))?.state).toEqual({ state: { ...NOTHING_YET, closed: { answered: 'd' } }, outbox });
    expect((await store.get('new'))?.state).toEqual({ state: { ...NOTHING_YET, closed: { answered: 'd', expired: 'd' } }, outbox });
  });
});
