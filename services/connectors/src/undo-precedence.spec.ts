import { RetryableError } from '@troupe/messaging';
import { UndoPrecedence } from './undo-precedence.ts';

describe('a look at the undo requests', () => {
  /** Answers in turn; the last answer goes on for ever. Notes what had been done when each question was put. */
  function brokerSaying(...answers: readonly (boolean | Error)[]) {
    const doneAtQuestion: string[][] = [];
    const done: string[] = [];
    const isCaughtUp = async (method: string): Promise<boolean> => {
      expect(method).toBe('stopUndone');
      doneAtQuestion.push([...done]);
      const answer = answers[Math.min(doneAtQuestion.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { looks: new UndoPrecedence({ isCaughtUp }), doneAtQuestion, done };
  }

  it('asks the broker once for all who begin in the same turn, after the last of them has begun', async () => {
    const { looks, doneAtQuestion, done } = brokerSaying(true);
    const begun = ['a', 'b', 'c'].map((name) => (done.push(name), looks.begin()));
    expect(await Promise.all(begun.map((look) => look.wentFirst()))).toEqual([true, true, true]);
    expect(doneAtQuestion).toEqual([['a', 'b', 'c']]);
  });

  it('asks anew for whoever begins after the question was put', async () => {
    const { looks, doneAtQuestion, done } = brokerSaying(true);
    await looks.begin().wentFirst();
    done.push('undo stored');
    await looks.begin().wentFirst();
    expect(doneAtQuestion).toEqual([[], ['undo stored']]);
  });

  it.each([1, 3])('waits while requests are being looked at: %s times', async (times) => {
    const { looks, doneAtQuestion } = brokerSaying(...Array.from({ length: times }, () => false), true);
    expect(await looks.begin().wentFirst()).toBe(true);
    expect(doneAtQuestion).toHaveLength(times + 1);
  });

  it('gives up after a while', async () => {
    expect(await brokerSaying(false).looks.begin().wentFirst()).toBe(false);
  });

  it('tells whoever asks that the broker is away, and nobody else', async () => {
    const { looks } = brokerSaying(new RetryableError('away'), true);
    const unasked = looks.begin();
    await expect(looks.begin().wentFirst()).rejects.toThrow(RetryableError);
    await expect(unasked.wentFirst()).rejects.toThrow(RetryableError);
    expect(await looks.begin().wentFirst()).toBe(true);
  });
});
