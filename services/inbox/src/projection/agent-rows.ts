import type { Envelope } from '@troupe/contracts';
import { foldAgent, foldModelCall, modelCallOf } from './agent.projection.ts';
import type { AgentRow } from './card.contract.ts';
import type { Statements } from './statements.ts';

/** The agents of one batch: each is read once and written once. There are few, and every event is of one of them. */
export class AgentRows {
  readonly #sql: Statements;
  readonly #inHand = new Map<string, AgentRow>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  fold(event: Envelope): void {
    this.#inHand.set(event.agent, foldAgent(this.#agent(event.agent), event));
    const call = modelCallOf(event);
    if (call) this.#inHand.set(call.askedBy, foldModelCall(this.#agent(call.askedBy), call, event));
  }

  /** Writes what was folded. */
  write(): void {
    for (const [name, agent] of this.#inHand) this.#sql.run('INSERT OR REPLACE INTO agents VALUES (?, ?)', [name, JSON.stringify(agent)]);
  }

  #agent(name: string): AgentRow | undefined {
    const known = this.#inHand.get(name);
    if (known) return known;
    const row = this.#sql.get<{ doc: string }>('SELECT doc FROM agents WHERE name = ?', [name]);
    return row && (JSON.parse(row.doc) as AgentRow);
  }
}
