import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import { eventFilter, type EventContract, type QueryContract } from '@troupe/contracts';
import { registerSpec, SPEC, type HandlerSpec, type OnOptions } from './handler-spec.ts';

/** Nest would turn errors it does not know into "Internal server error"; the transport needs the error itself. */
@Catch()
class KeepErrorFilter implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Marks a method as the handler of one event: `(event: EventOf<typeof SomeEvent>, ctx: HandlerContext)`.
 * Each marked method has a durable consumer of its own, named `<service>__<method>`.
 */
export function On(event: EventContract, options: OnOptions = {}): MethodDecorator {
  return mark((className, method) => {
    if (!event) throw new Error(`@On on ${className}.${method} has no event contract: import it from @troupe/contracts.`);
    return { kind: 'event', className, method, events: [event], filter: eventFilter(event.type), ordered: false, everything: false, options };
  });
}

/**
 * Marks a method that takes several events over one durable consumer, per story in the order of the stream. Events that
 * match `filter` but are not listed are passed over.
 */
export function OnEvery(filter: `evt.${string}`, events: readonly EventContract[], options: OnOptions = {}): MethodDecorator {
  return mark((className, method) => ({ kind: 'event', className, method, events, filter, ordered: true, everything: false, options }));
}

/**
 * Marks a method that records: it takes every event that matches, with its data as it came, also of types that nobody here
 * knows, in no order. No limit of hops applies.
 */
export function OnAll(filter: `evt.${string}`, options: OnOptions = {}): MethodDecorator {
  return mark((className, method) => ({ kind: 'event', className, method, events: [], filter, ordered: false, everything: true, options }));
}

/** Marks a method that answers a query over core NATS request/reply: `(request) => reply`. */
export function Answers(query: QueryContract): MethodDecorator {
  return mark((className, method) => ({ kind: 'query', className, method, query }));
}

function mark(specFor: (className: string, method: string) => HandlerSpec): MethodDecorator {
  return (target, key, descriptor) => {
    const spec = specFor(target.constructor.name, String(key));
    registerSpec(target, spec);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    applyDecorators(pattern(spec), UseFilters(KeepErrorFilter))(target, key, descriptor);
  };
}

function pattern(spec: HandlerSpec): MethodDecorator {
  const name = `${spec.className}.${spec.method}`;
  const extras = { [SPEC]: spec };
  return spec.kind === 'event' ? EventPattern<string>(name, extras) : MessagePattern<string>(name, extras);
}
