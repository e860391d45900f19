import { isOnHold, isUnjudged, stateOf, type ActionLife, type Envelope, type LifecycleEvent, type Stamp } from '@troupe/contracts';
import type { Deadline } from '../approval/approval.decider.ts';

/** An event that policy has still to say something about, and by which of its handlers: the ids of what it says are the usual ones. */
export interface OpenQuestion {
  readonly actionId: string;
  readonly event: Envelope;
  readonly sequence: number;
  readonly handler: string;
  /** It is what the verifier said. */
  readonly verdict?: true;
  /** Absent: the event itself is taken. */
  readonly deadline?: Deadline & { readonly dueAtMs: number };
}

/** An event as it is folded: what it says, where it stands, and all that is known with it. */
export interface Folded {
  readonly actionId: string;
  readonly event: LifecycleEvent;
  readonly stamp: Stamp;
  readonly envelope: Envelope;
  readonly sequence: number;
  readonly life: ActionLife;
}

/** Remembers, while the stream is folded, what is open; it forgets what has been answered, so it is as long as the inbox. */
export class OpenQuestions {
  readonly #verificationTimeoutMs: number;
  /** What an action waits for, by action. */
  readonly #waiting = new Map<string, Map<string, OpenQuestion>>();
  /** What the owner asked, by event. */
  readonly #asked = new Map<string, OpenQuestion>();

  constructor(verificationTimeoutMs: number) {
    this.#verificationTimeoutMs = verificationTimeoutMs;
  }

  /** All that is open now, oldest first. */
  get all(): OpenQuestion[] {
    const waiting = [...this.#waiting.values()].flatMap((questions) => [...questions.values()]);
    return [...waiting, ...this.#asked.values()].sort((one, other) => one.sequence - other.sequence);
  }

  note(folded: Folded): void {
    const { event, stamp, life } = folded;
    if (stamp.causeId !== undefined) this.#asked.delete(stamp.causeId);
    const handler = ASKED[event.kind];
    if (handler !== undefined && !life.answered[stamp.id]) this.#asked.set(stamp.id, questionIn(folded, handler));
    this.#noteWaiting(folded);
  }

  /** An action that was ruled on for good waits for nothing. */
  #noteWaiting(folded: Folded): void {
    const { actionId, event, life } = folded;
    const state = stateOf(life);
    if (state.kind !== 'absent' && !isUnjudged(state) && !isOnHold(state)) return void this.#waiting.delete(actionId);
    const question = this.#waitingIn(folded);
    if (!question) return;
    const questions = this.#waiting.get(actionId) ?? new Map<string, OpenQuestion>();
    this.#waiting.set(actionId, questions.set(event.kind === 'flagged' ? 'verified' : event.kind, question));
  }

  #waitingIn(folded: Folded): OpenQuestion | undefined {
    const { event, envelope } = folded;
    switch (event.kind) {
      case 'proposed':
        return timerIn(folded, 'onVerificationDue', { kind: 'verification', dueAtMs: Date.parse(envelope.time) + this.#verificationTimeoutMs });
      case 'verified':
      case 'flagged':
        return { ...questionIn(folded, 'onAction'), verdict: true };
      case 'held':
        return timerIn(folded, 'onHoldExpires', { kind: 'expiry', dueAtMs: Date.parse(event.data.expiresAt) });
      case 'accepted':
        return event.data.until === undefined
          ? undefined
          : timerIn(folded, 'onSnoozeEnds', { kind: 'snooze', until: event.data.until, dueAtMs: Date.parse(event.data.until) });
      default:
        return undefined;
    }
  }
}

/** What the owner asks, and who takes it. */
const ASKED: Partial<Record<LifecycleEvent['kind'], string>> = { decided: 'onApproval', retry_requested: 'onAction' };

function questionIn({ actionId, envelope, sequence }: Folded, handler: string): OpenQuestion {
  return { actionId, event: envelope, sequence, handler };
}

/** A timer needs nothing of the text. */
function timerIn({ actionId, envelope, sequence }: Folded, handler: string, deadline: NonNullable<OpenQuestion['deadline']>): OpenQuestion {
  return { actionId, event: { ...envelope, data: null }, sequence, handler, deadline };
}
