import type { Attempt, Connector, Effect, Finding } from '@troupe/contracts';
import { guard, type Guard } from '@troupe/resilience';
import { pursue } from './pursue-attempt.ts';
import { authorizationOf } from './testing/authorizations.ts';

const ATTEMPT: Attempt = { ...authorizationOf(), startedAtMs: 0 };
const failure = (retryable: boolean, code = 'x') => ({ code, retryable, message: code, hint: 'x' });
const executed: Effect = { kind: 'executed', providerReference: 'ref', summary: 'done' };
const refused: Effect = { kind: 'refused', failure: failure(false, 'refused') };
const deferred: Effect = { kind: 'refused', failure: failure(true, 'deferred') };
const unclear: Effect = { kind: 'unclear', failure: failure(true, 'unclear') };
const stuck: Effect = { kind: 'unclear', failure: failure(false, 'stuck') };
const absent: Finding = { kind: 'not_executed' };

/** A stand-in for an outside system that answers from a script, and notes what it was called for. */
class Scripted implements Connector {
  readonly name = 'scripted';
  readonly mode = 'live';
  readonly handles = ['email.send'];
  readonly calls: string[] = [];
  readonly repeat?: () => Promise<Effect>;
  constructor(isRepeatable: boolean, private readonly script: (Finding | Error)[]) {
    if (isRepeatable) this.repeat = () => this.play('repeat') as Promise<Effect>;
  }
  keyOf = () => 'key';
  execute = () => this.play('execute') as Promise<Effect>;
  findOutcome = () => this.play('find');
  private async play(call: string): Promise<Finding> {
    this.calls.push(call);
    await Promise.resolve();
    const next = this.script.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('the script is over');
    return next;
  }
}

describe('pursue', () => {
  let guarded: Guard;

  beforeEach(() => {
    guarded = guard({
      name: 'scripted', timeoutMs: 1_000, capacity: 2, retry: { attempts: 3, firstDelayMs: 1, maxDelayMs: 1 },
      breaker: { minimumCalls: 100, failurePercent: 50, windowMs: 1_000, openForMs: 1_000 },
    });
  });
  afterEach(() => guarded.stop());

  const run = async (connector: Scripted, inDoubt = false, mayAct = () => true, signal = new AbortController().signal) => {
    const conclusion = await pursue({ connector, guard: guarded, attempt: ATTEMPT, inDoubt, mayAct, signal });
    return { conclusion, calls: connector.calls };
  };

  it.each([executed, refused])('takes an answer for an answer', async (effect) => {
    expect(await run(new Scripted(false, [effect]))).toEqual({ conclusion: effect, calls: ['execute'] });
  });

  it('leaves a refusal that may pass to the gate, which comes back later', async () => {
    expect(await run(new Scripted(true, [deferred]))).toEqual({ conclusion: deferred, calls: ['execute'] });
  });

  it('never acts again where the outside knows no key', async () => {
    expect(await run(new Scripted(false, [unclear]))).toEqual({ conclusion: unclear, calls: ['execute'] });
  });

  it('repeats it where the outside knows the key, three calls in all', async () => {
    expect(await run(new Scripted(true, [unclear, executed]))).toEqual({ conclusion: executed, calls: ['execute', 'repeat'] });
    expect(await run(new Scripted(true, [unclear, unclear, unclear]))).toEqual({ conclusion: unclear, calls: ['execute', 'repeat', 'repeat'] });
  });

  it('does not take being turned away at a repeat for what became of the first', async () => {
    const away = { kind: 'unclear', failure: deferred.failure };
    expect(await run(new Scripted(true, [unclear, deferred, deferred]))).toEqual({ conclusion: away, calls: ['execute', 'repeat', 'repeat'] });
  });

  it('only looks it up once it is not authorised any more', async () => {
    let allowed = 2;
    const mayAct = () => (allowed -= 1) > 0;
    const { conclusion, calls } = await run(new Scripted(true, [unclear, unclear, absent]), false, mayAct);
    expect(calls).toEqual(['execute', 'repeat', 'find']);
    expect(conclusion).toMatchObject({ kind: 'refused', failure: { code: 'not_executed', retryable: true } });
  });

  it('does not ask again what will not become clearer', async () => {
    expect(await run(new Scripted(true, [stuck]))).toEqual({ conclusion: stuck, calls: ['execute'] });
  });

  it('takes an exception for a doubt', async () => {
    const { conclusion, calls } = await run(new Scripted(false, [new Error('bug')]));
    expect(conclusion).toMatchObject({ kind: 'unclear', failure: { code: 'no_answer', message: expect.stringContaining('bug') as unknown } });
    expect(calls).toEqual(['execute']);
    expect(await run(new Scripted(true, [new Error('bug'), executed]))).toEqual({ conclusion: executed, calls: ['execute', 'repeat'] });
  });

  describe('an attempt that was begun before', () => {
    const never = (): boolean => false;

    it.each([executed, refused, stuck])('is repeated where the outside knows the key', async (effect) => {
      expect(await run(new Scripted(true, [effect]), true)).toEqual({ conclusion: effect, calls: ['repeat'] });
    });

    it.each([true, false])('is only looked up once it is not authorised any more (known key: %s)', async (isRepeatable) => {
      expect(await run(new Scripted(isRepeatable, [executed]), true, never)).toEqual({ conclusion: executed, calls: ['find'] });
    });

    it('is not made where the outside does not know the key', async () => {
      const { conclusion, calls } = await run(new Scripted(false, [absent]), true);
      expect(conclusion).toMatchObject({ kind: 'refused', failure: { code: 'not_executed', retryable: true } });
      expect(calls).toEqual(['find']);
    });
  });

  it('does not let one put-off recipient open the breaker for all', async () => {
    const one = { kind: 'refused', failure: failure(true, 'deferred'), onlyThisOne: true } as const;
    const sensitive = () => guard({ name: 'x', timeoutMs: 1_000, capacity: 2, retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 }, breaker: { minimumCalls: 1, failurePercent: 1, windowMs: 1_000, openForMs: 1_000 } });
    for (const [effect, state] of [[one, 'closed'], [deferred, 'open']] as const) {
      guarded.stop();
      guarded = sensitive();
      await run(new Scripted(false, [effect]));
      await run(new Scripted(false, [effect]));
      expect(guarded.state).toBe(state);
    }
  });

  it('says when no call was made', async () => {
    guarded.stop();
    expect(await run(new Scripted(true, []), true)).toEqual({ conclusion: { kind: 'not_made' }, calls: [] });
  });

  it('leaves a refusal that the drain brought about to the next process', async () => {
    const drained = AbortSignal.abort();
    expect(await run(new Scripted(false, [deferred]), false, () => true, drained)).toEqual({ conclusion: { kind: 'not_made' }, calls: ['execute'] });
    expect(await run(new Scripted(false, [unclear]), false, () => true, drained)).toMatchObject({ conclusion: { kind: 'unclear' } });
  });
});
