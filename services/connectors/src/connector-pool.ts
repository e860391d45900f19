import type { OnApplicationShutdown } from '@nestjs/common';
import { billingConnectors } from '@troupe/billing-connector';
import type { Connector } from '@troupe/contracts';
import { emailConnectors } from '@troupe/email-connector';
import { guard, type Guard, type GuardOptions } from '@troupe/resilience';

/** What the pool needs to know; credentials come from the configuration and go no further than the connectors. */
export interface PoolSettings {
  readonly home: string;
  readonly ownerEmail: string;
  readonly smtpUrl: string | undefined;
  readonly stripeApiKey: string | undefined;
  readonly stripeApiBase: string | undefined;
}

/** The way to an outside system: a connector and the one guard that all its calls pass. */
export interface Way {
  readonly connector: Connector;
  readonly guard: Guard;
}

/** Calls at a time to one outside system: the gate starts no more handlers than this, so it never meets a full one. */
export const PLACES = { gate: 8, reconciler: 2 } as const;

/** The same for every outside system: five calls in a minute, most of them failed, open the breaker for ten seconds. */
const LIMITS: Omit<GuardOptions, 'name'> = {
  timeoutMs: 30_000,
  capacity: PLACES.gate + PLACES.reconciler,
  retry: { attempts: 3, firstDelayMs: 200, maxDelayMs: 2_000 },
  breaker: { minimumCalls: 5, failurePercent: 50, windowMs: 60_000, openForMs: 10_000 },
};

/** Every connector there is, found by the action types it handles. */
export class ConnectorPool implements OnApplicationShutdown {
  readonly #byActionType: ReadonlyMap<string, Way>;

  constructor(connectors: readonly Connector[], limits: Omit<GuardOptions, 'name'> = LIMITS) {
    const guarded = connectors.map((connector) => ({ connector, guard: guard({ ...limits, name: connector.name }) }));
    this.#byActionType = new Map(guarded.flatMap((entry) => entry.connector.handles.map((type) => [type, entry] as const)));
  }

  static async from(settings: PoolSettings, now: () => number): Promise<ConnectorPool> {
    return new ConnectorPool([...emailConnectors(settings), ...(await billingConnectors({ ...settings, now }))]);
  }

  /** Undefined when no connector handles this action type. */
  wayTo(actionType: string): Way | undefined {
    return this.#byActionType.get(actionType);
  }

  needWayTo(actionType: string): Way {
    const way = this.wayTo(actionType);
    if (!way) throw new Error(`No connector handles "${actionType}"; handled are ${[...this.#byActionType.keys()].join(', ')}.`);
    return way;
  }

  onApplicationShutdown(): void {
    for (const { guard } of this.#byActionType.values()) guard.stop();
  }
}
