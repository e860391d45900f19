import { schemaUrn, type DataOf, type EventContract, type EventOf } from '@troupe/contracts';
import { RetryableError, type EmitOptions, type HandlerContext } from '@troupe/messaging';

/** An event as policy or the owner would put it on the stream. */
export function eventOf<C extends EventContract>(contract: C, data: DataOf<C>, id = 'evt_1'): EventOf<C> {
  return {
    specversion: '1.0', id, source: '/services/policy', type: contract.type, time: '2026-11-23T07:00:00.000Z',
    dataschema: schemaUrn(contract), datacontenttype: 'application/json', correlationid: 'evt_0', origin: 'operator', hops: 1,
    agent: 'policy', agentversion: '0.1.0', data,
  };
}

/** One delivery: what was said and under which names, and a broker that can be away. */
export class Delivery {
  readonly said: string[] = [];
  readonly names: (string | undefined)[] = [];
  readonly signal: AbortSignal = new AbortController().signal;
  readonly storedAtMs = Date.now();
  readonly event: { readonly id: string; readonly time: string };
  error: unknown;

  constructor(readonly sequence: number, private readonly brokerIsAway = false, id = 'evt_1') {
    this.event = { id, time: '2026-11-23T07:00:00.000Z' };
  }

  emit = (contract: EventContract, data: unknown, options: EmitOptions = {}): string => {
    const { failure } = data as { failure?: { code: string } };
    this.said.push(contract.type.slice('evt.action.'.length) + (failure ? ` ${failure.code}` : ''));
    this.names.push(options.key);
    return 'evt_2';
  };

  publishNow = (contract: EventContract, data: unknown, options?: EmitOptions): Promise<string> =>
    this.brokerIsAway ? Promise.reject(new RetryableError('The broker is away.')) : Promise.resolve(this.emit(contract, data, options));

  get context(): HandlerContext {
    return this as unknown as HandlerContext;
  }
}
