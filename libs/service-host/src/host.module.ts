import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Backlogs, Blobs, DeadLetters, EventTail, Publisher, Queries, States, type NatsLink } from '@troupe/messaging';
import type { Logger } from 'pino';
import { Clock } from './clock.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { LOG } from './tokens.ts';
import { TroupeConfig } from './troupe.config.ts';

/** What the host brings to every service. */
export interface HostParts {
  readonly link: NatsLink;
  readonly config: TroupeConfig;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What every service can inject, bound to its own connection and declarations. */
@Global()
@Module({})
export class HostModule {
  static for(definition: ServiceDefinition, { link, config, clock, log }: HostParts): DynamicModule {
    const providers: Provider[] = [
      { provide: TroupeConfig, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: LOG, useValue: log },
      { provide: Publisher, useValue: new Publisher(link, definition, () => clock.now()) },
      { provide: Queries, useValue: new Queries(link, definition.asks ?? []) },
      { provide: Blobs, useValue: new Blobs(link) },
      { provide: States, useValue: new States(link) },
      { provide: EventTail, useValue: new EventTail(link, log) },
      { provide: DeadLetters, useValue: new DeadLetters(link) },
      { provide: Backlogs, useValue: new Backlogs(link) },
    ];
    const exported = [TroupeConfig, Clock, LOG, Publisher, Queries, Blobs, States, EventTail, DeadLetters, Backlogs];
    return { module: HostModule, imports: [definition.module], providers, exports: exported };
  }
}
