import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from './clock.ts';
import { healthPart } from './health.ts';
import { openHttpFront, type HttpFront, type HttpPart } from './http-front.ts';
import { operatorToken } from './operator-token.ts';
import { startService, type Credentials, type RunningService } from './running-service.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { readConfig, type TroupeConfig } from './troupe.config.ts';

const START_TIMEOUT_MS = 60_000;

/** Where services run, and as whom. */
export interface StartOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly natsUrl: string;
  /** Broker credentials by service name; absent where the broker asks for none. */
  readonly credentials?: (service: string) => Credentials | undefined;
  readonly clock?: Clock;
  /** Every event is delivered twice to every handler. For tests. */
  readonly deliverTwice?: boolean;
  /** How soon an event of a stopped story is looked at again, in milliseconds. For tests. */
  readonly stoppedForMs?: number;
  /** Called when a service's connection to the broker is closed for good. */
  readonly onBrokerLost?: (service: string) => void;
}

/** Services that are up side by side in this process. */
export interface RunningServices {
  readonly config: TroupeConfig;
  /** Where the HTTP services answer; absent when none of them is one. */
  readonly httpUrl?: string;
  /** Where `/healthz` and `/readyz` answer for services without HTTP; absent unless TROUPE_HEALTH_PORT is set. */
  readonly healthUrl?: string;
  /** Drains and stops everything that was started. */
  stop(): Promise<void>;
}

/** Starts services side by side in this process; those with HTTP routes share one port. Nothing stays up when one fails. */
export async function startServices(definitions: readonly ServiceDefinition[], options: StartOptions): Promise<RunningServices> {
  const config = readConfig(options.env, operatorToken);
  const services: RunningService[] = [];
  const fronts: HttpFront[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(fronts.splice(0).map((front) => front.close()));
    await Promise.all(services.splice(0).map((service) => service.stop()));
  };
  try {
    await startAll(definitions, options, config, services);
    const http = services.flatMap((service) => service.http ?? []);
    const open = async (parts: readonly HttpPart[], port: number, variable: string): Promise<string> => {
      const front = await openHttpFront(parts, config.httpHost, port, variable);
      fronts.push(front);
      return front.url;
    };
    const httpUrl = http.length > 0 ? await open(http, config.httpPort, 'TROUPE_HTTP_PORT') : undefined;
    const healthUrl = config.healthPort === undefined ? undefined : await open([healthPart(services)], config.healthPort, 'TROUPE_HEALTH_PORT');
    return { config, ...(httpUrl ? { httpUrl } : {}), ...(healthUrl ? { healthUrl } : {}), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(definitions: readonly ServiceDefinition[], options: StartOptions, config: TroupeConfig, started: RunningService[]): Promise<void> {
  const { natsUrl, clock = systemClock, credentials, deliverTwice = false, stoppedForMs, onBrokerLost } = options;
  const outcomes = await Promise.allSettled(
    definitions.map(async (definition) => {
      const service = startService(definition, { natsUrl, config, clock, credentials: credentials?.(definition.name), deliverTwice, stoppedForMs, onBrokerLost });
      started.push(await inTime(definition.name, service));
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** A start that neither works nor fails is a failure too; the service is stopped should it come up after all. */
async function inTime(name: string, service: Promise<RunningService>): Promise<RunningService> {
  const late = new AbortController();
  const timeout = sleep(START_TIMEOUT_MS, undefined, { signal: late.signal, ref: false }).then(() => {
    void service.then((running) => running.stop(), () => undefined);
    throw new Error(`${name} did not start within ${START_TIMEOUT_MS / 1_000} s. Is the broker answering? See the log above.`);
  });
  try {
    return await Promise.race([service, timeout]);
  } finally {
    late.abort();
    timeout.catch(() => undefined);
  }
}
