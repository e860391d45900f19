import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EventContract } from '@troupe/contracts';
import { pino } from 'pino';
import { JetStreamTransport, openLink } from '../index.ts';

export interface HostOptions {
  readonly natsUrl: string;
  readonly name: string;
  readonly emits: readonly EventContract[];
  readonly deliverTwice?: boolean;
  readonly drainMs?: number;
}

/** Hosts controllers as a service on a connection of its own. Resolves to what stops it; leaves nothing open when it throws. */
export async function hostControllers(controllers: Type[], { natsUrl, name, emits, ...options }: HostOptions): Promise<() => Promise<void>> {
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
  return async () => {
    await app.close();
    await link.connection.close();
  };
}
