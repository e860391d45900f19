import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Streams, type Envelope } from '@troupe/contracts';
import { openLink, provisionStreams, storeEvent, type NatsLink } from '@troupe/messaging';
import { startServices, type RunningServices } from '@troupe/service-host';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { inbox } from '../index.ts';
import { policyStandIn } from './policy-stand-in.ts';

export const TOKEN = 'an-operator-token-for-tests';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The real inbox service on a real nats-server, with a stand-in for policy. */
export class RunningInbox {
  readonly #nats: TestNats;
  readonly #home: string;
  #services: RunningServices;
  readonly #link: NatsLink;

  private constructor(nats: TestNats, home: string, services: RunningServices, link: NatsLink) {
    this.#nats = nats;
    this.#home = home;
    this.#services = services;
    this.#link = link;
  }

  static async start(): Promise<RunningInbox> {
    const nats = await startTestNats();
    const home = await mkdtemp(join(tmpdir(), 'troupe-inbox-api-'));
    const services = await startOn(nats, home);
    return new RunningInbox(nats, home, services, await openLink({ url: nats.url, service: 'test' }));
  }

  get url(): string {
    return this.#services.httpUrl ?? '';
  }

  /** A connection beside the service's, which may do everything. */
  get link(): NatsLink {
    return this.#link;
  }

  get databaseFile(): string {
    return join(this.#home, 'inbox.db');
  }

  async publish(...events: readonly Envelope[]): Promise<number> {
    let sequence = 0;
    for (const event of events) ({ sequence } = await storeEvent(this.#link, event));
    return sequence;
  }

  /** The stream is gone, and made anew: as on a broker that begins empty. */
  async beginHistoryAnew(): Promise<void> {
    await this.#link.manager.streams.delete(Streams.events.name);
    await provisionStreams(this.#link);
  }

  /** Stops the service, lets something happen meanwhile, and starts it on the same home folder. */
  async restart(meanwhile: () => Promise<void>): Promise<void> {
    await this.#services.stop();
    await meanwhile();
    this.#services = await startOn(this.#nats, this.#home);
  }

  /** A call with the operator token; `null` sends no credentials. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> | null = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(headers !== null && { authorization: `Bearer ${TOKEN}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  async stop(): Promise<void> {
    await this.#services.stop();
    await this.#link.connection.close();
    await this.#nats.stop();
    await rm(this.#home, { recursive: true, force: true });
  }
}

function startOn(nats: TestNats, home: string): Promise<RunningServices> {
  const env = { TROUPE_HOME: home, TROUPE_HTTP_PORT: '0', TROUPE_OPERATOR_TOKEN: TOKEN, TROUPE_LOG_LEVEL: 'silent' };
  return startServices([inbox, policyStandIn], { env, natsUrl: nats.url });
}
