import type { Attempt, Connector, Effect } from '@troupe/contracts';
import type { Guard } from '@troupe/resilience';

export interface Pursuit {
  readonly connector: Connector;
  readonly guard: Guard;
  readonly attempt: Attempt;
  /** True when the attempt was begun before and nobody knows what came of it. */
  readonly inDoubt: boolean;
  /** Whether it is still authorised: neither expired nor undone. Asked before each repeat; otherwise it is only looked up. */
  readonly mayAct: () => boolean;
  readonly signal: AbortSignal;
}

/** What came of it; `not_made`: the outside was not reached this time and nothing was changed by it. */
export type Conclusion = Effect | { readonly kind: 'not_made' };

/**
 * Runs one attempt through its connector's guard. After a call whose outcome is unclear, the next one repeats it where the
 * outside recognises its key and it is still authorised, and else only looks it up; nothing else is called twice (I4). A
 * refusal is an answer: whether to come back later is for the gate to say. Never rejects.
 */
export async function pursue(pursuit: Pursuit): Promise<Conclusion> {
  const { guard, inDoubt, signal, connector } = pursuit;
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
    const effect = await (isDoubtful ? clearUp(this.#pursuit, signal) : connector.execute(attempt, signal));
    this.last = effect;
    if (isTrouble(effect) && (connector.repeat !== undefined || !isDoubtful)) throw new Trouble();
    return effect;
  }
}

async function clearUp({ connector, attempt, mayAct }: Pursuit, signal: AbortSignal): Promise<Effect> {
  if (connector.repeat && mayAct()) return turnedAwaySaysNothing(await connector.repeat(attempt, signal));
  const finding = await connector.findOutcome(attempt, signal);
  return finding.kind === 'not_executed' ? notExecuted : finding;
}

/** Being turned away for now, when repeating, says nothing of what became of the first call. */
function turnedAwaySaysNothing(effect: Effect): Effect {
  return effect.kind === 'refused' && effect.failure.retryable ? { kind: 'unclear', failure: effect.failure } : effect;
}

function isTrouble(effect: Effect): boolean {
  if (effect.kind === 'refused') return effect.failure.retryable && effect.onlyThisOne !== true;
  return effect.kind === 'unclear';
}

function mayCallAgain(connector: Connector, last: Effect | undefined): boolean {
  return last?.kind === 'unclear' && last.failure.retryable && connector.repeat !== undefined;
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

/** The outside was asked, and knows nothing of the attempt. */
export const notExecuted: Effect = {
  kind: 'refused',
  failure: {
    code: 'not_executed',
    retryable: true,
    message: 'The attempt was cut short; the outside system knows nothing of it.',
    hint: 'It can be sent again.',
  },
};
