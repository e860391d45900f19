import type { ConsoleLogger, INestApplication, INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { createLogger, PinoNestLogger } from '@troupe/observability';
import { JetStreamTransport, openLink, type NatsLink } from '@troupe/messaging';
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { HostModule } from './host.module.ts';
import type { HttpPart } from './http-front.ts';
import { ProblemFilter } from './problem.filter.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { TroupeConfig } from './troupe.config.ts';

export interface Credentials {
  readonly user: string;
  readonly pass: string;
}

export interface ServiceOptions {
  readonly natsUrl: string;
  readonly config: TroupeConfig;
  readonly clock: Clock;
  readonly credentials?: Credentials | undefined;
  readonly deliverTwice?: boolean;
}

export interface RunningService {
  readonly name: string;
  readonly http?: HttpPart;
  stop(): Promise<void>;
}

/** Brings one service up: connection, Nest application, handlers bound. Nothing is left open when it throws. */
export async function startService(definition: ServiceDefinition, options: ServiceOptions): Promise<RunningService> {
  const log = createLogger({ service: definition.name, level: options.config.logLevel });
  const link = await openLink({ url: options.natsUrl, service: definition.name, ...options.credentials });
  void reportBrokerErrors(link, log);
  try {
    return definition.http ? await startHttp(definition, definition.http.routes, link, log, options) : await startWorker(definition, link, log, options);
  } catch (error) {
    await link.connection.close();
    throw error;
  }
}

/** A subject the broker does not allow is otherwise seen only as a request that nobody answers. */
async function reportBrokerErrors({ connection }: NatsLink, log: Logger): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'error') log.error({ error: status.error.message }, 'the broker refused something; is deploy/nats/permissions.conf up to date?');
  }
}

async function startWorker(definition: ServiceDefinition, link: NatsLink, log: Logger, options: ServiceOptions): Promise<RunningService> {
  const app: INestMicroservice = await NestFactory.createMicroservice(moduleFor(definition, link, log, options), {
    strategy: transportFor(definition, link, log, options),
    ...nestOptions(log),
  });
  await orClose(app, () => app.listen());
  return { name: definition.name, stop: () => stop(app, link) };
}

async function startHttp(
  definition: ServiceDefinition,
  routes: readonly string[],
  link: NatsLink,
  log: Logger,
  options: ServiceOptions,
): Promise<RunningService> {
  const adapter = new ExpressAdapter();
  const app: INestApplication = await NestFactory.create(moduleFor(definition, link, log, options), adapter, {
    ...nestOptions(log),
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter(log));
  app.connectMicroservice({ strategy: transportFor(definition, link, log, options) });
  await orClose(app, async () => {
    await app.startAllMicroservices();
    await app.init();
  });
  return { name: definition.name, http: { routes, handle: adapter.getInstance<RequestListener>() }, stop: () => stop(app, link) };
}

function moduleFor(definition: ServiceDefinition, link: NatsLink, log: Logger, { config, clock }: ServiceOptions) {
  return HostModule.for(definition, { link, config, clock, log });
}

function transportFor(definition: ServiceDefinition, link: NatsLink, log: Logger, { clock, deliverTwice = false }: ServiceOptions) {
  return new JetStreamTransport({ link, producer: definition, log, now: () => clock.now(), deliverTwice });
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

async function stop(app: INestApplication | INestMicroservice, link: NatsLink): Promise<void> {
  await app.close();
  await link.connection.drain();
}
