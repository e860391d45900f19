import type { Attempt, Connector, Effect } from '@troupe/contracts';
import type { Guard } from '@troupe/resilience';

export interface Pursuit {
  readonly connector: Connector;
  readonly guard: Guard;
  readonly attempt: Attempt;
  /** True when the attempt was begun before and nobody knows what came of it. */
  readonly inDoubt: boolean;
  readonly signal: AbortSignal;
}

/** What came of it; `not_made`: the outside was not reached this time and nothing was changed by it. */
export type Conclusion = Effect | { readonly kind: 'not_made' };

/**
 * Runs one attempt through its connector's guard. After a call whose outcome is unclear, the next one asks what became
 * of it instead of acting again; only an outside system that recognises the attempt's key is called twice (I4).
 * Never rejects.
 */
export async function pursue(pursuit: Pursuit): Promise<Conclusion> {
  const { connector, guard, inDoubt, signal } = pursuit;
  const calls = new Calls(pursuit);
  try {
    return await guard((callSignal) => calls.next(callSignal), { signal, isRetryable: () => mayCallAgain(connector, calls.last) });
  } catch (error) {
    if (!calls.made) return { kind: 'not_made' };
    return endedByDrain(calls.last, signal, inDoubt) ? { kind: 'not_made' } : concluded(calls.last, error);
  }
}

/** Another call may better this; thrown, so that the breaker counts it and the retry sees it. */
class Trouble extends Error {
  override readonly name = 'Trouble';
}

/** The calls of one pursuit, each knowing how the one before it ended. */
class Calls {
  last: Effect | undefined;
  made = false;
  readonly #pursuit: Pursuit;

  constructor(pursuit: Pursuit) {
    this.#pursuit = pursuit;
    this.last = pursuit.inDoubt ? noAnswer('how it ended was not noted') : undefined;
  }

  async next(signal: AbortSignal): Promise<Effect> {
    const { connector, attempt } = this.#pursuit;
    const isDoubtful = this.last?.kind === 'unclear';
    this.made = true;
    this.last = noAnswer('it did not answer in time');
    const effect = await (isDoubtful ? clearUp(connector, attempt, signal) : connector.execute(attempt, signal));
    this.last = effect;
    if (isTrouble(effect) && (connector.repeatable || !isDoubtful)) throw new Trouble();
    return effect;
  }
}

async function clearUp(connector: Connector, attempt: Attempt, signal: AbortSignal): Promise<Effect> {
  const finding = await connector.findOutcome(attempt, signal);
  if (finding.kind !== 'not_executed') return finding;
  return connector.repeatable ? connector.execute(attempt, signal) : notExecuted;
}

function isTrouble(effect: Effect): boolean {
  return effect.kind === 'unclear' || (effect.kind === 'refused' && effect.failure.retryable);
}

function mayCallAgain(connector: Connector, last: Effect | undefined): boolean {
  if (last === undefined || last.kind === 'executed') return false;
  return last.failure.retryable && (last.kind === 'refused' || connector.repeatable);
}

/** The process is going down before anything was handed over: the next one takes it up. */
function endedByDrain(last: Effect | undefined, signal: AbortSignal, inDoubt: boolean): boolean {
  return signal.aborted && !inDoubt && last?.kind === 'refused' && last.failure.retryable;
}

function concluded(last: Effect | undefined, error: unknown): Effect {
  if (last && (error instanceof Trouble || last.kind === 'refused')) return last;
  return noAnswer(error instanceof Error ? error.message : String(error));
}

/** `retryable` here: an outside system that knows the key may be asked again. */
function noAnswer(why: string): Effect {
  return {
    kind: 'unclear',
    failure: {
      code: 'no_answer',
      retryable: true,
      message: `The outside system was called, and nobody knows what came of it: ${why}`.slice(0, 1_000),
      hint: 'Look in the outside system whether it happened before you do it again.',
    },
  };
}

const notExecuted: Effect = {
  kind: 'refused',
  failure: {
    code: 'not_executed',
    retryable: true,
    message: 'The attempt was cut short; the outside system knows nothing of it.',
    hint: 'Propose the action again.',
  },
};
