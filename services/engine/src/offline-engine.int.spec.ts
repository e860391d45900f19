import { TriageAnswerSchema } from '@troupe/contracts';
import { z } from 'zod';
import type { CompletionRequest } from './engine.ts';
import { OfflineEngine } from './offline-engine.adapter.ts';
import { SentenceEncoder } from './offline/sentence-encoder.ts';

const patience = () => AbortSignal.timeout(60_000);
const LetterSchema = z.object({ subject: z.string(), body: z.string(), citations: z.array(z.object({ claim: z.string(), source: z.string(), span: z.string() })), confidence: z.number() });

const mail = {
  subject: 'Invoice 2026-014',
  text: 'Hi Mira,\nyou charged me twice for invoice 2026-014, 49.00 EUR each time.\nCould you refund one of the payments?\nBest\nAnna',
  from: { address: 'anna@kern.de', name: 'Anna Kern' },
  to: ['mira@tidepool.app'],
  headers: {},
  attachments: [],
  isReply: false,
  ownerEmail: 'mira@tidepool.app',
};

function asking(task: string, input: unknown, schema: z.ZodType = TriageAnswerSchema): CompletionRequest {
  return { task, taskVersion: '1', instructions: '', input, schema: z.toJSONSchema(schema) };
}

describe('OfflineEngine', () => {
  const engine = new OfflineEngine();
  afterAll(() => engine.close());

  it('sorts a mail and copies what it says, names itself and costs nothing', async () => {
    const completion = await engine.complete(asking('mail.triage', mail), patience());
    expect(completion).toMatchObject({
      kind: 'answered',
      model: { provider: 'offline-rules', model: 'offline-rules' },
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
      grounds: 'inferred',
      answer: {
        category: 'billing',
        urgency: 'normal',
        who: { name: 'Anna Kern', company: 'kern.de' },
        asks: ['Could you refund one of the payments?'],
        amounts: [{ amount: '49.00', currency: 'EUR', span: '49.00 EUR' }],
        references: ['2026-014'],
      },
    });
  });

  it('gives the same answer to the same mail', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => engine.complete(asking('mail.triage', mail), patience())));
    expect(second).toEqual(first);
  });

  it('drafts out of a triage, with its sources in the mail', async () => {
    const sorted = await engine.complete(asking('mail.triage', mail), patience());
    const triage = sorted.kind === 'answered' ? sorted.answer : undefined;
    const completion = await engine.complete(asking('mail.draft_reply', { mail, triage, facts: [] }, LetterSchema), patience());
    expect(completion).toMatchObject({ kind: 'answered', grounds: 'sourced', answer: { subject: 'Re: Invoice 2026-014' } });
  });

  it.each(['', '   \n', '!!! ---'])('declines a mail without text (%j)', async (text) => {
    const completion = await engine.complete(asking('mail.triage', { ...mail, subject: '', text }), patience());
    expect(completion).toMatchObject({ kind: 'declined', reason: expect.stringContaining('no text') });
  });

  it('declines a task it does not know and says what would help', async () => {
    const completion = await engine.complete(asking('contract.review', {}), patience());
    expect(completion).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/contract\.review.*OPENAI_API_KEY/) });
  });

  it('names the caller as the one to fix a schema it cannot satisfy', async () => {
    const failure = engine.complete(asking('mail.triage', mail, z.object({ mood: z.string() })), patience());
    await expect(failure).rejects.toMatchObject({ code: 'bad_answer', message: expect.stringContaining('mood') });
  });

  it('takes any bytes for a mail: long, binary, without spaces, deeply quoted', async () => {
    const texts = ['a'.repeat(300_000), `${'> '.repeat(5_000)}hi`, '\u0000\ufffd\ud800 <p', `${'<div>'.repeat(5_000)}x`, '1,'.repeat(50_000)];
    for (const text of texts) {
      const startedAt = performance.now();
      expect(await engine.complete(asking('mail.triage', { ...mail, text }), patience())).toMatchObject({ kind: 'answered' });
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    }
  }, 60_000);
});

describe('SentenceEncoder', () => {
  it('loads on first use, keeps meanings close, and gives up its thread when idle', async () => {
    const encoder = new SentenceEncoder(50);
    expect(encoder.loaded).toBe(false);
    const [a, b, c, empty] = await encoder.embed(['I cannot log in', 'login does not work', 'the cake is delicious', ' '], patience());
    expect(a).toHaveLength(512);
    expect(cosine(a, b)).toBeGreaterThan(cosine(a, c) + 0.1);
    expect(empty?.every((value) => value === 0)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(encoder.loaded).toBe(false);
    expect(await encoder.embed(['again'], patience())).toHaveLength(1);
    await encoder.close();
  }, 60_000);

  it('ends whoever waits when it is closed', async () => {
    const encoder = new SentenceEncoder();
    const pending = encoder.embed(['too late'], patience());
    const failure = expect(pending).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await encoder.close();
    await failure;
  });

  it('does not start for a caller that has given up', async () => {
    const encoder = new SentenceEncoder();
    await expect(encoder.embed(['x'], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(encoder.loaded).toBe(false);
  });
});

function cosine(a: number[] = [], b: number[] = []): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
