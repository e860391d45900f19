import type { Type } from '@nestjs/common';
import type { EventContract, QueryContract } from '@troupe/contracts';
import { handlerSpecsOf, type HandlerSpec } from '@troupe/messaging';

/** A service as the host, the catalog and the broker's permissions see it. */
export interface ServiceDefinition {
  /** Lower case, also its name on the broker. */
  readonly name: string;
  readonly version: string;
  /** One sentence. */
  readonly purpose: string;
  /** A Nest module; its controllers carry `@On`, `@OnEvery` and `@Answers`. */
  readonly module: Type;
  /** What it may put on the stream; anything else is refused. */
  readonly emits: readonly EventContract[];
  /** Action types it may propose (agents only). */
  readonly mayPropose?: readonly string[];
  /** What it may ask other services. */
  readonly asks?: readonly QueryContract[];
  /** KV buckets that are its own (I9). */
  readonly state?: readonly string[];
  /** Object store buckets it uses. */
  readonly blobs?: readonly string[];
  /** Reads the whole stream for a projection of its own. */
  readonly tails?: boolean;
  /** Brings streams that exist to the wanted settings: one service does, and no agent. */
  readonly keepsStreams?: boolean;
  /** Looks after dead letters. */
  readonly settlesDeadLetters?: boolean;
  /** Path prefixes it serves over HTTP. */
  readonly http?: { readonly routes: readonly string[] };
}

/** Declares a service; the host, the catalogue and the broker's permissions are made from it. */
export function defineService(definition: ServiceDefinition): ServiceDefinition {
  return Object.freeze(definition);
}

/** Everything a service handles, read off the controllers of its module. */
export function handlersOf(definition: Pick<ServiceDefinition, 'module'>): readonly HandlerSpec[] {
  const controllers = (Reflect.getMetadata('controllers', definition.module) ?? []) as Type[];
  return controllers.flatMap((controller) => handlerSpecsOf(controller));
}
