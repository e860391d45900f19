import { Injectable } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';

/** Counts the owner's decisions by what came of them. */
@Injectable()
export class DecisionCounter {
  readonly #decisions = new Counter({
    name: 'troupe_inbox_decisions_total',
    help: 'Decisions taken by the operator API; outcome is answered, recorded or refused.',
    labelNames: ['decision', 'outcome'] as const,
    registers: [],
  });

  count(decision: string, outcome: string): void {
    this.#decisions.inc({ decision, outcome });
  }

  registerWith(registry: Registry): void {
    registry.registerMetric(this.#decisions);
  }
}
