import { Controller, type Type } from '@nestjs/common';
import {
  ActionExpired, ActionUndone, EmailRefused, EmailTriaged, MessageDeadLettered, StoryQuarantined, Streams, defineQuery, eventSubject,
  type Envelope, type EventContract, type EventOf,
} from '@troupe/contracts';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import {
  Answers, DeadLetters, EventTail, On, OnAll, OnEvery, openLink, Publisher, Queries, RetryableError, TerminalError,
  type HandlerContext, type NatsLink,
} from '../index.ts';
import { hostControllers } from '../testing/host-controllers.ts';

const log = pino({ level: 'silent' });
const action = (n: number) => ({ actionId: `act_${n}`, digest: 'sha256:00' });

/** What the handlers below do with one message; each test sets its own. */
let onUndone: (event: EventOf<typeof ActionUndone>, ctx: HandlerContext) => Promise<void> | void = () => {};
const seen: Envelope[] = [];
const deliveriesOf = ({ id }: { id: string }): number => seen.filter((event) => event.id === id).length;

@Controller()
class Echo {
  @On(ActionUndone, { maxFailures: 2, ackWaitMs: 1_000 })
  async onUndoneAction(event: EventOf<typeof ActionUndone>, ctx: HandlerContext): Promise<void> {
    seen.push(event);
    await onUndone(event, ctx);
  }
}

describe('the JetStream transport on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let publisher: Publisher;
  let stopService: () => Promise<void> = async () => {};
  let stories = 0;

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'tester' });
    publisher = new Publisher(link, { name: 'tester', version: '1', emits: [ActionUndone, ActionExpired, EmailRefused] });
  });
  afterEach(async () => {
    await stopService();
    stopService = async () => {};
    onUndone = () => {};
    seen.length = 0;
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
  });

  /** Hosts controllers as a service named `name`, until the end of the test. */
  async function host(name: string, controllers: Type[], options: { emits?: EventContract[]; deliverTwice?: boolean } = {}): Promise<void> {
    stopService = await hostControllers(controllers, { natsUrl: nats.url, name, emits: [ActionExpired], ...options });
  }

  async function send(hops = 0): Promise<{ id: string; sequence: number }> {
    stories += 1;
    return publisher.publish(ActionUndone, action(stories), { id: `evt_story_${stories}`, origin: 'external', subject: `action:${stories}`, hops });
  }

  /** A stream that takes one more message and then no other, until `work` is done. */
  async function withFullStream<Result>(work: () => Promise<Result>): Promise<Result> {
    const { state } = await link.manager.streams.info(Streams.events.name);
    await link.manager.streams.update(Streams.events.name, { max_msgs: state.messages + 1 });
    try {
      return await work();
    } finally {
      await link.manager.streams.update(Streams.events.name, { max_msgs: -1 });
    }
  }

  /** Every event of one story, in stream order. */
  async function story(correlationId: string): Promise<Envelope[]> {
    const abort = new AbortController();
    const events: Envelope[] = [];
    const tail = new EventTail(link, log);
    const last = await tail.lastSequence();
    await tail.follow({
      fromSequence: 1,
      signal: abort.signal,
      onEvent: async (event, at) => {
        if (event.correlationid === correlationId) events.push(event);
        if (at.sequence >= last) abort.abort();
      },
    });
    return events;
  }

  it('hands over a typed event and stores what the handler emits, with its lineage and taint', async () => {
    onUndone = (event, ctx) => void ctx.emit(ActionExpired, { ...event.data });
    await host('lineage', [Echo]);
    const sent = await send();
    await eventually(async () => expect(await story(sent.id)).toHaveLength(2));
    const [cause, effect] = await story(sent.id);
    expect(effect).toMatchObject({
      type: ActionExpired.type, correlationid: sent.id, causationid: cause?.id, origin: 'external', hops: 1,
      snapshot: sent.sequence, agent: 'lineage', subject: cause?.subject,
    });
  });

  it('I2: a message that is delivered twice leaves the same events as one delivered once', async () => {
    onUndone = (event, ctx) => {
      ctx.emit(ActionExpired, { ...event.data });
      ctx.emit(ActionExpired, { ...event.data, digest: 'sha256:01' });
    };
    await host('twice', [Echo], { deliverTwice: true });
    const sent = await send();
    await eventually(() => expect(deliveriesOf(sent)).toBe(2));
    await eventually(async () => expect(await story(sent.id)).toHaveLength(3));
    expect(new Set((await story(sent.id)).map((event) => event.id)).size).toBe(3);
  });

  it('I3: a message stays unacknowledged for as long as its outputs cannot be stored', async () => {
    onUndone = (event, ctx) => void ctx.emit(ActionExpired, { ...event.data });
    await host('unstored', [Echo]);
    const sent = await send();
    await eventually(() => expect(deliveriesOf(sent)).toBe(1));
    await eventually(async () => expect(await story(sent.id)).toHaveLength(2));
    await withFullStream(async () => {
      const unstored = await send();
      await eventually(() => expect(deliveriesOf(unstored)).toBeGreaterThan(1), { timeoutMs: 10_000 });
      expect((await link.manager.consumers.info('EVENTS', 'unstored__onUndoneAction')).num_ack_pending).toBe(1);
      expect(await story(unstored.id)).toHaveLength(1);
      return unstored;
    }).then((unstored) => eventually(async () => {
      expect((await story(unstored.id)).map(({ type }) => type)).toEqual([ActionUndone.type, ActionExpired.type]);
      expect((await link.manager.consumers.info('EVENTS', 'unstored__onUndoneAction')).num_ack_pending).toBe(0);
    }, { timeoutMs: 10_000 }));
  }, 30_000);

  it('an output that no broker would take is a dead letter at once, and says how to mend it', async () => {
    onUndone = (event, ctx) => void ctx.emit(ActionExpired, { ...event.data, digest: 'x'.repeat(9_000_000) });
    await host('oversized', [Echo]);
    const sent = await send();
    await eventually(async () => expect((await story(sent.id)).at(-1)?.type).toBe(MessageDeadLettered.type));
    const died = (await story(sent.id)).at(-1) as EventOf<typeof MessageDeadLettered>;
    expect(died.data.failure).toMatchObject({ code: 'event_too_large', retryable: false });
    expect(died.data.failure.hint).toContain('object store');
  });

  it('hands a message back on RetryableError, as often as it takes', async () => {
    onUndone = (event) => {
      if (deliveriesOf(event) < 4) throw new RetryableError('not yet', { delayMs: 20 });
    };
    await host('retry', [Echo]);
    const sent = await send();
    await eventually(() => expect(deliveriesOf(sent)).toBe(4));
    expect((await story(sent.id)).map((event) => event.type)).toEqual([ActionUndone.type]);
  });

  it('makes a dead letter of a TerminalError at once, handles the next message, and redrives to this handler only', async () => {
    onUndone = () => {
      throw new TerminalError('cannot read this', { code: 'bad_payload', hint: 'mend it' });
    };
    await host('terminal', [Echo]);
    const sent = await send();
    await eventually(async () => expect((await story(sent.id)).at(-1)?.type).toBe(MessageDeadLettered.type));
    const died = (await story(sent.id)).at(-1) as EventOf<typeof MessageDeadLettered>;
    expect(died.data).toMatchObject({ service: 'terminal', handler: 'onUndoneAction', deliveries: 1, eventId: sent.id });
    expect(died.data.failure).toEqual({ code: 'bad_payload', retryable: false, message: 'cannot read this', hint: 'mend it' });
    onUndone = (event, ctx) => void ctx.emit(ActionExpired, { ...event.data });
    await new DeadLetters(link).redrive(died.data.deadLetterId);
    await eventually(async () => expect((await story(sent.id)).at(-1)?.type).toBe(ActionExpired.type));
    await expect(new DeadLetters(link).redrive(died.data.deadLetterId)).rejects.toThrow(/no dead letter/);
  });

  it('tries an unexpected error again, then makes a dead letter without a stack (I11)', async () => {
    onUndone = () => {
      throw new TypeError('boom');
    };
    await host('unexpected', [Echo]);
    const sent = await send();
    await eventually(async () => expect((await story(sent.id)).at(-1)?.type).toBe(MessageDeadLettered.type), { timeoutMs: 10_000 });
    const died = (await story(sent.id)).at(-1) as EventOf<typeof MessageDeadLettered>;
    expect(died.data.deliveries).toBe(2);
    expect(died.data.failure.message).toBe('boom');
    expect(JSON.stringify(died)).not.toContain('.ts:');
  });

  it('makes a dead letter of what is no event, and goes on', async () => {
    await host('garbage', [Echo]);
    await link.jetstream.publish(eventSubject(ActionUndone.type, 'tester'), 'not json');
    const sent = await send();
    await eventually(() => expect(seen.map((event) => event.id)).toContain(sent.id));
    const info = await link.manager.streams.info(Streams.deadLetters.name, { subjects_filter: 'dead.garbage.>' });
    expect(info.state.messages).toBeGreaterThan(0);
  });

  it.each([
    ['in the name of another producer', { agent: 'policy' }],
    ['of another type', { type: 'evt.action.expired' }],
  ])('refuses an event that speaks %s: no handler and no reader sees it', async (_what, claim) => {
    await host('claims', [Echo]);
    const honest = await send();
    const [event] = await story(honest.id);
    const forged = { ...event, ...claim, id: `evt_forged_${Object.keys(claim).join()}`, correlationid: 'evt_forged' };
    await link.jetstream.publish(eventSubject(ActionUndone.type, 'tester'), JSON.stringify(forged));
    const after = await send();
    await eventually(() => expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining([honest.id, after.id])));
    const letters = await link.manager.streams.info(Streams.deadLetters.name, { subjects_filter: 'dead.claims.>' });
    expect(letters.state.messages).toBeGreaterThan(0);
    expect(seen.map(({ id }) => id)).not.toContain(forged.id);
    expect(await story('evt_forged')).toEqual([]);
  });

  it('attributes nobody here knows survive, and so do events of unknown types, for those who take everything', async () => {
    const recorded: Envelope[] = [];
    @Controller()
    class Records {
      @OnAll('evt.>')
      async record(event: Envelope): Promise<void> {
        recorded.push(event);
      }
    }
    await host('records', [Records]);
    const sent = await send();
    const [known] = await story(sent.id);
    const unknown = { ...known, id: 'evt_of_tomorrow', type: 'evt.parcel.sent', dataschema: 'urn:troupe:evt.parcel.sent:v7', traceparent: '00-abc-def-01', hops: 99, data: { weight: 3 } };
    await link.jetstream.publish(eventSubject('evt.parcel.sent', 'tester'), JSON.stringify(unknown));
    await eventually(() => expect(recorded.find(({ id }) => id === unknown.id)).toEqual(unknown));
  });

  it('refuses to publish an event the service did not declare', async () => {
    onUndone = (event, ctx) => void ctx.emit(ActionExpired, { ...event.data });
    await host('undeclared', [Echo], { emits: [EmailRefused] });
    const sent = await send();
    await eventually(async () => expect((await story(sent.id)).at(-1)?.type).toBe(MessageDeadLettered.type));
    const died = (await story(sent.id)).at(-1) as EventOf<typeof MessageDeadLettered>;
    expect(died.data.failure).toMatchObject({ code: 'undeclared_event', hint: 'Add it to `emits` of undeclared.' });
  });

  describe('at the limit of a causal chain', () => {
    const refusal = { sizeBytes: 1, failure: { code: 'too_large', retryable: false, message: 'Too large.', hint: 'Send less.' } };

    @Controller()
    class Reacts {
      @On(EmailRefused)
      async onLimited(event: EventOf<typeof EmailRefused>, ctx: HandlerContext): Promise<void> {
        seen.push(event);
        ctx.emit(ActionExpired, action(1));
      }

      @On(StoryQuarantined)
      async onQuarantine(event: EventOf<typeof StoryQuarantined>, ctx: HandlerContext): Promise<void> {
        seen.push(event);
        ctx.emit(EmailRefused, refusal);
      }
    }

    it('an event that begins work is not handed over: the story is quarantined, and nothing else is emitted', async () => {
      await host('circles', [Reacts], { emits: [ActionExpired, EmailRefused] });
      const [under, at] = [{ id: 'evt_hops_31', hops: 31 }, { id: 'evt_hops_32', hops: 32 }];
      for (const { id, hops } of [under, at]) await publisher.publish(EmailRefused, refusal, { id, hops, origin: 'external' });
      await eventually(async () => expect((await story(under.id)).map(({ type }) => type)).toContain(ActionExpired.type));
      await eventually(async () => expect((await story(at.id)).length).toBeGreaterThan(1));
      await sleep(300);
      expect((await story(at.id)).slice(1)).toMatchObject([{ type: StoryQuarantined.type, agent: 'circles', data: { handler: 'circles.onLimited', hops: 32 } }]);
      expect(seen.map(({ id }) => id)).toEqual([under.id]);
    });

    it.each([32, 33, 400])('an outcome still gets through after %i hops', async (hops) => {
      onUndone = (event, ctx) => void ctx.emit(ActionExpired, { ...event.data });
      await host(`outcomes${hops}`, [Echo]);
      const sent = await send(hops);
      await eventually(async () => expect((await story(sent.id)).map((event) => event.type)).toEqual([ActionUndone.type, ActionExpired.type]));
    });
  });

  it('goes on after the server was killed and restarted', async () => {
    await host('restart', [Echo]);
    await nats.kill();
    await nats.restart();
    const sent = await eventually(() => send(), { timeoutMs: 10_000 });
    await eventually(() => expect(seen.map((event) => event.id)).toContain(sent.id), { timeoutMs: 15_000 });
  }, 30_000);

  it('keeps the order inside a story for handlers of several events', async () => {
    const order: string[] = [];
    const workMs: Record<string, number> = { evt_lane: 60, evt_lane_2: 30, evt_lane_3: 1 };
    @Controller()
    class Ordered {
      @OnEvery('evt.action.>', [ActionUndone, ActionExpired], { concurrency: 4 })
      async onAction(event: Envelope): Promise<void> {
        if (event.correlationid !== 'evt_lane') return;
        await sleep(workMs[event.id] ?? 0);
        order.push(event.id);
      }
    }
    await host('ordered', [Ordered]);
    for (const id of Object.keys(workMs)) {
      await publisher.publish(id.endsWith('2') ? ActionExpired : ActionUndone, action(1), { id, origin: 'system', correlationId: 'evt_lane' });
    }
    await eventually(() => expect(order).toHaveLength(3));
    expect(order).toEqual(Object.keys(workMs));
  });

  it('answers queries, and says why it cannot', async () => {
    const Half = defineQuery({ subject: 'qry.test.half', timeoutMs: 1_000, request: z.object({ n: z.int() }), reply: z.object({ half: z.number() }) });
    @Controller()
    class Halver {
      @Answers(Half)
      halve({ n }: { n: number }): { half: number } {
        if (n % 2 === 1) throw new TerminalError(`${n} is odd`, { code: 'odd' });
        return { half: n / 2 };
      }
    }
    await host('halver', [Halver]);
    const queries = new Queries(link, [Half]);
    await expect(queries.ask(Half, { n: 8 })).resolves.toEqual({ half: 4 });
    await expect(queries.ask(Half, { n: 7 })).rejects.toThrow('7 is odd');
    await stopService();
    stopService = async () => {};
    await expect(queries.ask(Half, { n: 8 })).rejects.toThrow(/Nobody answered qry.test.half/);
    await expect(new Queries(link, []).ask(Half, { n: 8 })).rejects.toThrow(/did not declare/);
  });

  describe('refuses to boot, with the fix in the message', () => {
    it('on two handlers with one durable name', async () => {
      @Controller()
      class Other {
        @On(EmailTriaged)
        onUndoneAction(): void {}
      }
      await expect(host('dupes', [Echo, Other])).rejects.toThrow(/share the durable consumer "dupes__onUndoneAction".*rename one/s);
    });

    it('on a subject no stream stores', async () => {
      @Controller()
      class Nowhere {
        @On({ ...ActionUndone, type: 'cmd.action.undone' as 'evt.action.undone' })
        onNothing(): void {}
      }
      await expect(host('nowhere', [Nowhere])).rejects.toThrow(/no stream stores: use a subject under evt\.>/);
    });

    it('on a handler without a schema', async () => {
      @Controller()
      class Schemaless {
        @On({ ...ActionUndone, schema: undefined as never })
        onAnything(): void {}
      }
      await expect(host('schemaless', [Schemaless])).rejects.toThrow(/has no schema: declare it with defineEvent/);
    });
  });
});
