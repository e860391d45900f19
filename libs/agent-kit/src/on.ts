import {
  applyDecorators, Inject, Injectable, UseInterceptors,
  type CallHandler, type ExecutionContext, type NestInterceptor, type OnModuleInit,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { EventContract } from '@troupe/contracts';
import { On as OnMessage, Queries, type HandlerContext, type OnOptions } from '@troupe/messaging';
import { TroupeConfig } from '@troupe/service-host';
import type { Observable } from 'rxjs';
import { agentCard } from './agent.ts';
import { brokerPorts } from './broker-ports.ts';
import { Story, type StoryPorts } from './story.ts';

/** Prototypes of the classes with a method that takes a story. */
const takesStories = new WeakSet<object>();

/** Marks what an agent does about an event: `async (event: EventOf<typeof SomeEvent>, story: Story)`. */
export function On(event: EventContract, options?: OnOptions): MethodDecorator {
  const remember: MethodDecorator = (prototype) => void takesStories.add(prototype);
  return applyDecorators(OnMessage(event, options), UseInterceptors(StoryInterceptor), remember);
}

/** Hands an agent its story instead of the bare handler context. */
@Injectable()
class StoryInterceptor implements NestInterceptor, OnModuleInit {
  readonly #ports: StoryPorts;
  readonly #modules: ModulesContainer;

  constructor(@Inject(Queries) queries: Queries, @Inject(TroupeConfig) config: TroupeConfig, @Inject(ModulesContainer) modules: ModulesContainer) {
    this.#ports = brokerPorts(queries, config.ownerEmail);
    this.#modules = modules;
  }

  /** A class without a card is refused at boot, not at its first event. */
  onModuleInit(): void {
    for (const { controllers } of this.#modules.values()) {
      for (const { metatype } of controllers.values()) {
        if (typeof metatype === 'function' && takesStories.has(metatype.prototype as object)) agentCard(metatype);
      }
    }
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const args = context.getArgs<[unknown, HandlerContext | Story]>();
    args[1] = new Story(agentCard(context.getClass()), args[1] as HandlerContext, this.#ports);
    return next.handle();
  }
}
