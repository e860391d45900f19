import type { ConsoleLogger, INestApplication, INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { createLogger, PinoNestLogger } from '@troupe/observability';
import { JetStreamTransport, openLink, type NatsLink, type Waiting } from '@troupe/messaging';
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { HostModule } from './host.module.ts';
import type { HttpPart } from './http-front.ts';
import { ProblemFilter } from './problem.filter.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { TroupeConfig } from './troupe.config.ts';

/** A service's user on the broker. */
export interface Credentials {
  readonly user: string;
  readonly pass: string;
}

/** What one service is started with. */
export interface ServiceOptions {
  readonly natsUrl: string;
  readonly config: TroupeConfig;
  readonly clock: Clock;
  readonly credentials?: Credentials | undefined;
  readonly deliverTwice?: boolean;
  /** See {@link TransportOptions.stoppedForMs}. For tests. */
  readonly stoppedForMs?: number | undefined;
  /** Called when the connection to the broker is closed for good, which we did not ask for. */
  readonly onBrokerLost?: ((service: string) => void) | undefined;
}

/** How a service is, as health endpoints tell it. */
export interface ServiceHealth {
  readonly name: string;
  /** `away`: the broker is being looked for; `closed`: it never will be again. */
  readonly broker: 'connected' | 'away' | 'closed';
  /** What its handlers have been waiting for longer than a minute. */
  readonly waits: readonly Waiting[];
}

/** A service that is up. `stop` drains it and closes its connection. */
export interface RunningService {
  readonly name: string;
  readonly http?: HttpPart;
  health(): ServiceHealth;
  stop(): Promise<void>;
}

/** What one service is started with: its connection, its log and its transport. */
interface Started {
  readonly definition: ServiceDefinition;
  readonly link: NatsLink;
  readonly log: Logger;
  readonly options: ServiceOptions;
  readonly transport: JetStreamTransport;
}

/** Brings one service up: connection, Nest application, handlers bound. Nothing is left open when it throws. */
export async function startService(definition: ServiceDefinition, options: ServiceOptions): Promise<RunningService> {
  const log = createLogger({ service: definition.name, level: options.config.logLevel });
  const settings = { ...options.config.broker, adjusts: definition.keepsStreams ?? false };
  const link = await openLink({ url: options.natsUrl, service: definition.name, settings, ...options.credentials });
  const connection = watchConnection(link, log, options);
  const started = { definition, link, log, options, transport: transportFor(definition, link, log, options) };
  try {
    const { app, http } = await (definition.http ? startHttp(started, definition.http.routes) : startWorker(started));
    return {
      name: definition.name,
      ...(http ? { http } : {}),
      health: () => ({ name: definition.name, broker: connection.state(), waits: started.transport.waits() }),
      stop: async () => {
        connection.expectClose();
        await app.close();
        if (!link.connection.isClosed()) await link.connection.drain();
      },
    };
  } catch (error) {
    connection.expectClose();
    await link.connection.close();
    throw error;
  }
}

interface WatchedConnection {
  state(): ServiceHealth['broker'];
  /** We are about to close it ourselves. */
  expectClose(): void;
}

/** A connection that is closed for good leaves a service that looks alive and hears nothing: somebody has to end it. */
function watchConnection({ service, connection }: NatsLink, log: Logger, { onBrokerLost }: ServiceOptions): WatchedConnection {
  let isAway = false;
  let isExpected = false;
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') isAway = true;
      if (status.type === 'reconnect') isAway = false;
      // A subject the broker does not allow is otherwise seen only as a request that nobody answers.
      if (status.type === 'error') log.error({ error: status.error.message }, 'the broker refused something; is deploy/nats/permissions.conf up to date?');
    }
  })();
  void connection.closed().then((error) => {
    if (isExpected) return;
    log.fatal({ error: error instanceof Error ? error.message : undefined }, 'the connection to the broker is closed for good');
    onBrokerLost?.(service);
  });
  return {
    state: () => (connection.isClosed() ? 'closed' : isAway ? 'away' : 'connected'),
    expectClose: () => void (isExpected = true),
  };
}

interface StartedApp {
  readonly app: INestApplication | INestMicroservice;
  readonly http?: HttpPart;
}

async function startWorker(started: Started): Promise<StartedApp> {
  const app = await NestFactory.createMicroservice(moduleFor(started), { strategy: started.transport, ...nestOptions(started.log) });
  await orClose(app, () => app.listen());
  return { app };
}

async function startHttp(started: Started, routes: readonly string[]): Promise<StartedApp> {
  const adapter = new ExpressAdapter();
  const app: INestApplication = await NestFactory.create(moduleFor(started), adapter, { ...nestOptions(started.log), bodyParser: false });
  app.useGlobalFilters(new ProblemFilter(started.log));
  app.connectMicroservice({ strategy: started.transport });
  await orClose(app, async () => {
    await app.startAllMicroservices();
    await app.init();
  });
  return { app, http: { routes, handle: adapter.getInstance<RequestListener>() } };
}

function moduleFor({ definition, link, log, options: { config, clock } }: Started) {
  return HostModule.for(definition, { link, config, clock, log });
}

function transportFor(definition: ServiceDefinition, link: NatsLink, log: Logger, { clock, config, deliverTwice = false, stoppedForMs }: ServiceOptions): JetStreamTransport {
  return new JetStreamTransport({ link, producer: definition, log, now: () => clock.now(), deliverTwice, patienceMs: config.patienceMs, ...(stoppedForMs === undefined ? {} : { stoppedForMs }) });
}

function nestOptions(log: Logger) {
  return { logger: new PinoNestLogger(log) as unknown as ConsoleLogger, abortOnError: false as const };
}

/** A half-started application would keep its consumers and timers running. */
async function orClose(app: INestApplication | INestMicroservice, start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}
