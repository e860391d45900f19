import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ActionAuthorized, ActionOutcomeReported, ActionUndoRequested, StateBuckets, type DataOf, type Envelope } from '@troupe/contracts';
import { EventTail, openLink, provisionStreams, Publisher, States, type NatsLink } from '@troupe/messaging';
import { startServices, type RunningServices, type StartOptions } from '@troupe/service-host';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { pino } from 'pino';
import type { Authorization } from '../effect-outcome.ts';
import { connectors } from '../index.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const OUTCOMES = ['evt.action.executed', 'evt.action.failed', 'evt.action.unknown', 'evt.action.undone'];

/** The gate on a real broker and a folder of its own, with the test in the place of policy and owner. */
export class GateUnderTest {
  readonly #publisher: Publisher;
  readonly #running: RunningServices[] = [];
  #published = 0;

  private constructor(
    readonly nats: TestNats,
    readonly home: string,
    private readonly link: NatsLink,
  ) {
    this.#publisher = new Publisher(link, { name: 'policy', version: '0', emits: [ActionAuthorized, ActionUndoRequested, ActionOutcomeReported] });
  }

  static async prepare(): Promise<GateUnderTest> {
    const nats = await startTestNats();
    const link = await openLink({ url: nats.url, service: 'tester' });
    await provisionStreams(link);
    return new GateUnderTest(nats, await mkdtemp(join(tmpdir(), 'troupe-gate-')), link);
  }

  /** Started again without a stop, it is one replica more. */
  async start(env: NodeJS.ProcessEnv = {}, options: Pick<StartOptions, 'deliverTwice' | 'clock'> = {}): Promise<void> {
    this.#running.push(await startServices([connectors], { env: this.#env(env), natsUrl: this.nats.url, ...options }));
  }

  /** Stops every replica. */
  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((services) => services.stop()));
  }

  /** Runs the gate in a process of its own until a crash point kills it. Needs the build in `dist/`. */
  async runUntilCrash(crashAt: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    const child = spawn(process.execPath, [MAIN], { env: { ...this.#env(env), TROUPE_CRASH_AT: crashAt }, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGTERM'), 60_000);
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    clearTimeout(timer);
    if (signal !== 'SIGKILL') throw new Error(`The gate was to die at ${crashAt}, but ended with ${String(signal)}.`);
  }

  async authorize(data: Authorization): Promise<void> {
    await this.#publish(ActionAuthorized, data);
  }

  async requestUndo({ actionId, digest }: Authorization): Promise<void> {
    await this.#publish(ActionUndoRequested, { actionId, digest, requestedBy: 'owner' });
  }

  /** The owner's word on an outcome nobody knows. */
  async reportOutcome({ actionId, digest }: Authorization, happened: boolean, note?: string): Promise<void> {
    await this.#publish(ActionOutcomeReported, { actionId, digest, happened, reportedBy: 'operator', ...(note === undefined ? {} : { note }) });
  }

  /** Waits until the gate has said so many events, by type without `evt.action.`. */
  async types(count: number, actionId = 'act_1', timeoutMs = 10_000): Promise<string[]> {
    return eventually(
      async () => {
        const types = (await this.said(actionId)).map(({ type }) => type.slice('evt.action.'.length));
        if (types.length < count) throw new Error(`Only ${types.join(', ') || 'silence'} so far.`);
        return types;
      },
      { timeoutMs, intervalMs: 50 },
    );
  }

  /** What the gate said about an action so far, in order. */
  async said(actionId = 'act_1'): Promise<Envelope[]> {
    const tail = new EventTail(this.link, pino({ level: 'silent' }));
    const events: Envelope[] = [];
    const onEvent = (event: Envelope): Promise<void> => {
      if (event.agent === 'connectors' && (event.data as { actionId: string }).actionId === actionId) events.push(event);
      return Promise.resolve();
    };
    await tail.read({ fromSequence: 1, throughSequence: await tail.lastSequence(), signal: AbortSignal.timeout(5_000), onEvent });
    return events;
  }

  /** Waits for the outcome and answers all that was said, by type without `evt.action.`, and the outcome's data. */
  async outcome(actionId = 'act_1', timeoutMs = 10_000): Promise<{ types: string[]; data: unknown }> {
    return eventually(
      async () => {
        const events = await this.said(actionId);
        const outcome = events.find(({ type }) => OUTCOMES.includes(type));
        if (!outcome) throw new Error(`No outcome of ${actionId} yet, only ${events.map(({ type }) => type).join(', ') || 'silence'}.`);
        return { types: events.map(({ type }) => type.slice('evt.action.'.length)), data: outcome.data };
      },
      { timeoutMs, intervalMs: 50 },
    );
  }

  async outbox(): Promise<string[]> {
    const folder = join(this.home, 'outbox');
    const names = await readdir(folder).catch(() => []);
    return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  }

  /** Loses the ledger, as a broken disk would. */
  async loseLedger(): Promise<void> {
    await (await new States(this.link).open(StateBuckets.effectLedger)).clear();
  }

  /** Loses one entry written after the ledger's mark, as a broker does that lost the end of its files. */
  async loseEntry(actionId: string): Promise<void> {
    await (await new States(this.link).open(StateBuckets.effectLedger)).delete(actionId);
  }

  async end(): Promise<void> {
    await this.stop();
    await this.link.connection.close();
    await this.nats.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  #env(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      NATS_URL: this.nats.url,
      TROUPE_HOME: this.home,
      TROUPE_OWNER_EMAIL: 'owner@example.org',
      TROUPE_LOG_LEVEL: 'silent',
      ...env,
    };
  }

  async #publish<C extends typeof ActionAuthorized | typeof ActionUndoRequested | typeof ActionOutcomeReported>(contract: C, data: DataOf<C>): Promise<void> {
    this.#published += 1;
    await this.#publisher.publish(contract, data, { id: `evt_test_${this.#published}`, origin: 'operator' });
  }
}
