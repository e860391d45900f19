import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EventContract } from '@troupe/contracts';
import { pino } from 'pino';
import { JetStreamTransport, openLink, type Waiting } from '../index.ts';

export interface HostOptions {
  readonly natsUrl: string;
  readonly name: string;
  readonly emits: readonly EventContract[];
  readonly deliverTwice?: boolean;
  readonly drainMs?: number;
  readonly patienceMs?: number;
  readonly stoppedForMs?: number;
}

/** One replica of a service. */
export interface Hosted {
  /** Drains and stops, as on SIGTERM. */
  stop(): Promise<void>;
  /** Is gone from the broker's sight from one moment to the next, as after SIGKILL: nothing is answered any more. */
  die(): Promise<void>;
  waits(): readonly Waiting[];
}

/** Hosts controllers as a service on a connection of its own. Leaves nothing open when it throws. */
export async function hostReplica(controllers: Type[], { natsUrl, name, emits, ...options }: HostOptions): Promise<Hosted> {
  @Module({ controllers })
  class TestModule {}
  const link = await openLink({ url: natsUrl, service: name });
  const strategy = new JetStreamTransport({ link, producer: { name, version: '1.0.0', emits }, log: pino({ level: 'silent' }), ...options });
  const app = await NestFactory.createMicroservice(TestModule, { strategy, logger: false, abortOnError: false });
  try {
    await app.listen();
  } catch (error) {
    await link.connection.close();
    throw error;
  }
  return {
    waits: () => strategy.waits(),
    die: () => link.connection.close(),
    stop: async () => {
      await app.close();
      await link.connection.close();
    },
  };
}

/** Resolves to what stops it. */
export async function hostControllers(controllers: Type[], options: HostOptions): Promise<() => Promise<void>> {
  const hosted = await hostReplica(controllers, options);
  return () => hosted.stop();
}
