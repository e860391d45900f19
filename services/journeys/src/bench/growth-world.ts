import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLink, provisionStreams, storeEvent } from '@troupe/messaging';
import { brokerAuthorization, passwordsOf, startServices, type RunningServices } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { EVENTS_PER_UNIT, growthUnit } from './growth-history.ts';

/** Who fills the stream, where the broker has users: it speaks for everybody. */
const FILLER = { user: 'growth', pass: 'growth' };
const TOKEN = 'the-token-of-the-growth-bench';
const IN_FLIGHT = 256;
const POLL_MS = 100;
const HOUR_MS = 3_600_000;

/** Inbox and memory, as they ship, over a history of a given size. */
export class GrowthWorld {
  readonly events: number;
  readonly #nats: TestNats;
  readonly #home: string;
  readonly #users: boolean;
  #running: RunningServices | undefined;

  private constructor(nats: TestNats, home: string, events: number, users: boolean) {
    this.#nats = nats;
    this.#home = home;
    this.#users = users;
    this.events = events;
  }

  /** A broker that holds `units` pieces of history, nothing has read them yet; with `users`, one per service and their permissions. */
  static async filled(units: number, { users = false }: { users?: boolean } = {}): Promise<GrowthWorld> {
    const nats = await startTestNats(users ? { extraConfig: authorization() } : {});
    const world = new GrowthWorld(nats, await mkdtemp(join(tmpdir(), 'troupe-growth-')), units * EVENTS_PER_UNIT, users);
    await fill(nats.url, units, users);
    return world;
  }

  /** Starts inbox and memory; resolves once both have read everything, with the seconds each took and the processor's for both. */
  async catchUp(): Promise<{ inbox: number; memory: number; processor: number }> {
    const before = process.cpuUsage();
    const definitions = services.filter(({ name }) => name === 'inbox' || name === 'memory');
    const env = { TROUPE_HOME: this.#home, TROUPE_HTTP_PORT: '0', TROUPE_OPERATOR_TOKEN: TOKEN, TROUPE_LOG_LEVEL: 'warn' };
    const credentials = passwordsOf(Object.fromEntries(services.map(({ name }) => [name, name])));
    this.#running = await startServices(definitions, { env, natsUrl: this.#nats.url, ...(this.#users && { credentials }) });
    const [inbox, memory] = await Promise.all([this.#seconds(() => this.#inboxIsThere()), this.#seconds(() => this.#memoryIsThere())]);
    return { inbox, memory, processor: secondsSince(before) };
  }

  /** Seconds from the call until inbox and memory have both read the whole stream again, and the processor's of this process. */
  async rebuild(): Promise<{ seconds: number; processor: number }> {
    const before = process.cpuUsage();
    const beganMs = performance.now();
    await this.call('/api/rebuild', 'POST');
    await this.#seconds(async () => ((await this.call('/api/rebuild')) as { complete: boolean }).complete);
    await this.#seconds(() => this.#inboxIsThere());
    await this.#seconds(() => this.#memoryIsThere());
    return { seconds: (performance.now() - beganMs) / 1_000, processor: secondsSince(before) };
  }

  /** The JSON of an answer; throws when it is not a success. */
  async call(path: string, method = 'GET'): Promise<unknown> {
    const headers = { authorization: `Bearer ${TOKEN}`, ...(method === 'POST' && { 'content-type': 'application/json' }) };
    const response = await fetch(`${this.#running?.httpUrl}${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${body.slice(0, 300)}`);
    return JSON.parse(body);
  }

  /** Bytes on disk of each store, an event. */
  async bytesPerEvent(): Promise<Record<string, number>> {
    const files = await readdir(this.#home);
    const sizeOf = async (prefix: string): Promise<number> => {
      const sizes = await Promise.all(files.filter((file) => file.startsWith(prefix)).map(async (file) => (await stat(join(this.#home, file))).size));
      return Math.round(sizes.reduce((sum, size) => sum + size, 0) / this.events);
    };
    return { stream: Math.round((await folderSize(this.#nats.folder)) / this.events), inbox: await sizeOf('inbox.db'), memory: await sizeOf('episodes.db') };
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    await this.#nats.stop();
    await rm(this.#home, { recursive: true, force: true });
  }

  async #inboxIsThere(): Promise<boolean> {
    return (await fetch(`${this.#running?.httpUrl}/readyz`)).ok;
  }

  async #memoryIsThere(): Promise<boolean> {
    return this.call(`/api/episodes?limit=1&asOf=${this.events}`).then(() => true, () => false);
  }

  async #seconds(isThere: () => Promise<boolean>): Promise<number> {
    const beganMs = performance.now();
    while (!(await isThere())) {
      if (performance.now() - beganMs > HOUR_MS) throw new Error('Nothing came of it within an hour.');
      await sleep(POLL_MS);
    }
    return (performance.now() - beganMs) / 1_000;
  }
}

/** As shipped, and one user more. */
function authorization(): string {
  const filler = `    { user: "${FILLER.user}", password: "${FILLER.pass}" }\n`;
  return brokerAuthorization({ services, passwordOf: (name) => name }).replace('users = [\n', (start) => start + filler);
}

async function fill(url: string, units: number, users: boolean): Promise<void> {
  const link = await openLink({ url, service: 'growth', ...(users && FILLER) });
  await provisionStreams(link);
  for (let unit = 0; unit < units; unit += 12) {
    const events = Array.from({ length: Math.min(12, units - unit) }, (_, index) => growthUnit(unit + index)).flat();
    for (let start = 0; start < events.length; start += IN_FLIGHT)
      await Promise.all(events.slice(start, start + IN_FLIGHT).map((event) => storeEvent(link, event)));
  }
  await link.connection.close();
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
