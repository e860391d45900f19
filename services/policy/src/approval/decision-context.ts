import { type ActionCard, type PolicyVerdict } from '@troupe/contracts';

/** What a decision is made with: the time, the deadlines in force, and policy's opinion. All pure. */
export interface DecisionContext {
  readonly nowMs: number;
  readonly settings: ApprovalSettings;
  /** Never throws: a policy that fails forbids (I8). */
  readonly judge: (card: ActionCard) => PolicyVerdict;
}

export interface ApprovalSettings {
  /** How long a held action waits for the owner. */
  readonly approvalTtlMs: number;
  /** How long an outbound action can be stopped after it was authorised. */
  readonly holdWindowMs: number;
  /** How long after its hold window an authorisation may still be used: what the outside puts off is tried again until then. */
  readonly authorizationTtlMs: number;
}

/** RFC 3339, UTC. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
