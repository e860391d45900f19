import { jest } from '@jest/globals';
import { ActionHeld, ActionProposed, EmailRefused, StoryEnded, StoryQuarantined, StoryReleased } from '@troupe/contracts';
import { eventually } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { policy } from '../index.ts';
import { runaway, RunawayWorld } from '../testing/runaway.ts';

jest.setTimeout(60_000);

const LIMIT = 200;
/** What may be under way when a story is stopped: 16 places in each of two replicas, two events each, and the way of the word. */
const IN_FLIGHT = 200;

describe('the budget of a story, with two replicas of policy and of an agent gone wrong', () => {
  let world: RunawayWorld;

  beforeAll(async () => {
    world = await RunawayWorld.open({ TROUPE_STORY_EVENTS: String(LIMIT), TROUPE_APPROVAL_TTL_SECONDS: '30' });
    await world.start(policy, runaway);
    await world.start(policy, runaway);
  });
  afterAll(() => world.close());

  /** Resolves to the card that asks for a release, once it lies before the owner and the story stands still. */
  async function stopped(story: string, grants = 0) {
    await eventually(async () => expect(await world.hold(story)).toMatchObject({ state: 'quarantined', grants }), { timeoutMs: 15_000 });
    const held = () => world.eventsOf(story).then((events) => events.filter(({ type }) => type === ActionHeld.type));
    await eventually(async () => expect(await held()).toHaveLength(grants + 1), { timeoutMs: 10_000 });
    await sleep(1_000);
    const work = await world.workOf(story);
    await sleep(1_500);
    expect(await world.workOf(story)).toBe(work);
    const cards = await world.cardsOf(story);
    return { work, card: cards.at(-1) as (typeof cards)[number], cards };
  }

  it('stops a story that doubles, says so once, and puts one card before the owner; another story goes on', async () => {
    await world.arrive('doubling_1');
    const { work, card, cards } = await stopped('doubling_1');
    expect(work).toBeGreaterThanOrEqual(LIMIT);
    expect(work).toBeLessThan(LIMIT + IN_FLIGHT);
    expect(cards).toHaveLength(1);
    const events = await world.eventsOf('doubling_1');
    expect(events.filter(({ type }) => type === StoryQuarantined.type)).toMatchObject([
      { agent: 'policy', origin: 'external', data: { because: { kind: 'events', limit: LIMIT, reached: LIMIT + 1 } } },
    ]);
    expect(card.action.args).toMatchObject({ story: 'doubling_1', because: 'It has led to 201 events; 200 is the limit for one story.' });
    expect(card.action.args['lastEvents']).toContain('email refused, by runaway');
    expect(events.find(({ type }) => type === ActionHeld.type)?.data).toMatchObject({
      actionId: card.actionId, policy: { decision: 'permit_with_owner', determining: expect.arrayContaining(['release-needs-owner']) as unknown },
    });
    await world.arrive('circling_beside');
    await eventually(async () => expect(await world.workOf('circling_beside')).toBeGreaterThan(30));
  });

  it('released it goes on, and is stopped again at twice the limit; ended it is silent', async () => {
    const first = (await world.cardsOf('doubling_1')).at(-1);
    if (!first) throw new Error('There is no card.');
    await world.decide('doubling_1', first, 'respond', { response: 'go on' });
    await world.decide('doubling_1', first, 'edit', { args: { ...first.action.args, because: 'nothing' } });
    await world.decide('doubling_1', first, 'approve');
    const { work, card } = await stopped('doubling_1', 1);
    expect(work).toBeGreaterThanOrEqual(2 * LIMIT - 10);
    expect(work).toBeLessThan(2 * (LIMIT + IN_FLIGHT));
    expect(card.actionId).not.toBe(first.actionId);
    const said = (await world.eventsOf('doubling_1')).filter(({ type }) => type === StoryReleased.type);
    expect(said).toMatchObject([{ agent: 'policy', data: { grants: 1, because: { limit: LIMIT } } }]);
    await world.decide('doubling_1', card, 'reject', { reason: 'enough' });
    await eventually(async () => expect(await world.hold('doubling_1')).toMatchObject({ state: 'ended' }));
    await world.arrive('doubling_1');
    await sleep(2_000);
    expect(await world.workOf('doubling_1')).toBe(work + 1);
    expect((await world.eventsOf('doubling_1')).filter(({ type }) => type === StoryEnded.type)).toMatchObject([{ data: { reason: 'enough' } }]);
    await eventually(async () => {
      const { num_ack_pending: waiting } = await world.link.manager.consumers.info('REDRIVES', 'runaway__redrives');
      expect(waiting).toBeLessThanOrEqual(1);
    });
  });

  it('stops a story that runs in circles, whoever found it, and lets it go on twice as long', async () => {
    await world.arrive('circling_1');
    const { work, card } = await stopped('circling_1');
    expect(work).toBe(33);
    expect(await world.hold('circling_1')).toMatchObject({ because: { kind: 'hops', limit: 32, reached: 32 } });
    await world.decide('circling_1', card, 'approve');
    expect((await stopped('circling_1', 1)).work).toBe(65);
    const said = (await world.eventsOf('circling_1')).filter(({ type }) => type === StoryQuarantined.type);
    expect(said).toMatchObject([{ agent: 'runaway', data: { hops: 32 } }, { agent: 'runaway', data: { hops: 64 } }]);
  });

  it('stays stopped over a restart of everything, and loses nothing of it', async () => {
    await world.arrive('doubling_2');
    const { work, card } = await stopped('doubling_2');
    await world.stopAll();
    await world.start(policy, runaway);
    await sleep(2_000);
    expect(await world.workOf('doubling_2')).toBe(work);
    expect(await world.cardsOf('doubling_2')).toHaveLength(1);
    await world.decide('doubling_2', card, 'approve');
    const { work: later } = await stopped('doubling_2', 1);
    expect(later).toBeGreaterThan(work);
    const events = await world.eventsOf('doubling_2');
    const waiting = (await world.link.manager.consumers.info('REDRIVES', 'runaway__redrives')).num_ack_pending;
    expect(events.filter(({ type }) => type === EmailRefused.type).length).toBeGreaterThan(waiting);
    expect(events.filter(({ type }) => type === ActionProposed.type)).toHaveLength(2);
  });
});

describe('holds that were lost', () => {
  it('are made anew: by the next event of the story, and all of them by a rebuild (I6)', async () => {
    const world = await RunawayWorld.open({ TROUPE_STORY_EVENTS: '20' });
    const stories = ['doubling_4', 'doubling_5', 'doubling_6'] as const;
    const states = () => Promise.all(stories.map(async (story) => (await world.hold(story))?.state));
    try {
      await world.start(policy, runaway);
      for (const story of stories) {
        await world.arrive(story);
        await eventually(async () => expect((await world.eventsOf(story)).map(({ type }) => type)).toContain(ActionHeld.type), { timeoutMs: 10_000 });
      }
      for (const [story, word, state] of [['doubling_5', 'reject', 'ended'], ['doubling_6', 'approve', 'released']] as const) {
        const [card] = await world.cardsOf(story);
        if (card) await world.decide(story, card, word);
        await eventually(async () => expect((await world.eventsOf(story)).map(({ type }) => type)).toContain(`evt.story.${state}`));
      }
      await eventually(async () => expect(await world.hold('doubling_6')).toMatchObject({ state: 'quarantined', grants: 1 }), { timeoutMs: 10_000 });
      await world.link.manager.streams.purge('KV_STORY_QUARANTINE');
      await world.rebuild();
      expect(await states()).toEqual(['quarantined', 'ended', 'quarantined']);
      expect(await world.hold('doubling_6')).toMatchObject({ grants: 1 });
      expect(await Promise.all(stories.map(async (story) => (await world.cardsOf(story)).length))).toEqual([1, 1, 2]);
      await world.link.manager.streams.purge('KV_STORY_QUARANTINE');
      await world.arrive('doubling_6');
      await eventually(async () => expect(await world.hold('doubling_6')).toMatchObject({ state: 'quarantined', grants: 1 }), { timeoutMs: 10_000 });
      expect(await world.cardsOf('doubling_6')).toHaveLength(2);
    } finally {
      await world.close();
    }
  });
});

describe('a quarantine that was written and not said, because policy died between the two', () => {
  it('is said at the next start, once by however many replicas', async () => {
    const world = await RunawayWorld.open({});
    try {
      await world.write({
        story: 'quiet_1', state: 'quarantined', because: { kind: 'model_calls', limit: 50, reached: 51 }, grants: 0, earlierCards: 0, isSaid: false,
        lastEvents: ['engine answered, by engine'], cause: { eventId: 'evt_1', hops: 4, origin: 'external', sequence: 9 },
      });
      await Promise.all([world.start(policy), world.start(policy)]);
      await eventually(async () => expect(await world.cardsOf('quiet_1')).toHaveLength(1));
      await eventually(async () => expect(await world.written('quiet_1')).toMatchObject({ isSaid: true }));
      await world.stopAll();
      await world.start(policy);
      await sleep(500);
      expect((await world.eventsOf('quiet_1')).filter(({ agent }) => agent === 'policy').map(({ type, causationid, hops, origin }) => [type, causationid, hops, origin])).toMatchObject([
        [StoryQuarantined.type, 'evt_1', 5, 'external'], [ActionProposed.type, 'evt_1', 5, 'external'], [ActionHeld.type, expect.anything() as unknown, 6, 'external'],
      ]);
    } finally {
      await world.close();
    }
  });
});

describe('a card of a stopped story that nobody answers', () => {
  it('is put before the owner again, and the story stays stopped (I8)', async () => {
    const world = await RunawayWorld.open({ TROUPE_STORY_EVENTS: '20', TROUPE_APPROVAL_TTL_SECONDS: '2' });
    try {
      await world.start(policy, runaway);
      await world.arrive('doubling_3');
      await eventually(async () => expect(await world.cardsOf('doubling_3')).toHaveLength(2), { timeoutMs: 15_000 });
      expect(await world.hold('doubling_3')).toMatchObject({ state: 'quarantined', grants: 0 });
      const [first, second] = await world.cardsOf('doubling_3');
      expect(first?.actionId).not.toBe(second?.actionId);
      const held = async () => (await world.eventsOf('doubling_3')).filter(({ type, data }) => type === ActionHeld.type && (data as { actionId: string }).actionId === second?.actionId);
      await eventually(async () => expect(await held()).toHaveLength(1));
      if (second) await world.decide('doubling_3', second, 'approve');
      await eventually(async () => expect(await world.hold('doubling_3')).toMatchObject({ grants: 1 }));
    } finally {
      await world.close();
    }
  });
});
