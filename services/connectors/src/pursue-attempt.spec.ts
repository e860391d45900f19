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
  constructor(readonly repeatable: boolean, private readonly script: (Finding | Error)[]) {}
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

  const run = async (connector: Scripted, inDoubt = false, signal = new AbortController().signal) => {
    const conclusion = await pursue({ connector, guard: guarded, attempt: ATTEMPT, inDoubt, signal });
    return { conclusion, calls: connector.calls };
  };

  it.each([executed, refused])('takes an answer for an answer', async (effect) => {
    expect(await run(new Scripted(false, [effect]))).toEqual({ conclusion: effect, calls: ['execute'] });
  });

  it('acts again after a refusal that may pass, three times in all', async () => {
    expect(await run(new Scripted(false, [deferred, executed]))).toEqual({ conclusion: executed, calls: ['execute', 'execute'] });
    expect(await run(new Scripted(false, [deferred, deferred, deferred]))).toEqual({ conclusion: deferred, calls: ['execute', 'execute', 'execute'] });
  });

  it('never acts again where the outside knows no key', async () => {
    expect(await run(new Scripted(false, [unclear]))).toEqual({ conclusion: unclear, calls: ['execute'] });
    expect(await run(new Scripted(false, [deferred, unclear]))).toEqual({ conclusion: unclear, calls: ['execute', 'execute'] });
  });

  it('asks what became of it where the outside knows the key', async () => {
    expect(await run(new Scripted(true, [unclear, executed]))).toEqual({ conclusion: executed, calls: ['execute', 'find'] });
    expect(await run(new Scripted(true, [unclear, absent, executed]))).toEqual({ conclusion: executed, calls: ['execute', 'find', 'execute'] });
    expect(await run(new Scripted(true, [unclear, unclear, unclear]))).toEqual({ conclusion: unclear, calls: ['execute', 'find', 'find'] });
  });

  it('does not ask again what will not become clearer', async () => {
    expect(await run(new Scripted(true, [stuck]))).toEqual({ conclusion: stuck, calls: ['execute'] });
  });

  it('takes an exception for a doubt', async () => {
    const { conclusion, calls } = await run(new Scripted(false, [new Error('bug')]));
    expect(conclusion).toMatchObject({ kind: 'unclear', failure: { code: 'no_answer', message: expect.stringContaining('bug') as unknown } });
    expect(calls).toEqual(['execute']);
    expect(await run(new Scripted(true, [new Error('bug'), executed]))).toEqual({ conclusion: executed, calls: ['execute', 'find'] });
  });

  describe('an attempt that was begun before', () => {
    it.each([executed, refused, stuck])('is asked about, not made', async (finding) => {
      expect(await run(new Scripted(true, [finding]), true)).toEqual({ conclusion: finding, calls: ['find'] });
    });

    it('is made now where the outside knows the key and has not seen it', async () => {
      expect(await run(new Scripted(true, [absent, executed]), true)).toEqual({ conclusion: executed, calls: ['find', 'execute'] });
    });

    it('is not made where it does not', async () => {
      const { conclusion, calls } = await run(new Scripted(false, [absent]), true);
      expect(conclusion).toMatchObject({ kind: 'refused', failure: { code: 'not_executed', retryable: true } });
      expect(calls).toEqual(['find']);
    });
  });

  it('says when no call was made', async () => {
    guarded.stop();
    expect(await run(new Scripted(true, []), true)).toEqual({ conclusion: { kind: 'not_made' }, calls: [] });
  });

  it('leaves a refusal that the drain brought about to the next process', async () => {
    const drained = AbortSignal.abort();
    expect(await run(new Scripted(false, [deferred]), false, drained)).toEqual({ conclusion: { kind: 'not_made' }, calls: ['execute'] });
    expect(await run(new Scripted(false, [unclear]), false, drained)).toMatchObject({ conclusion: { kind: 'unclear' } });
  });
});
