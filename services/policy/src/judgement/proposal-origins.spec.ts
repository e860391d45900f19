import type { Action, Origin } from '@troupe/contracts';
import { RetryableError } from '@troupe/messaging';
import { label, mail } from '../testing/life.ts';
import { PATIENT_DELIVERIES, ProposalOrigins } from './proposal-origins.ts';
import type { Traced } from './provenance.ts';

const CLEAN: Traced = { kind: 'traced', story: [], sources: [{ eventId: 'evt_0', origin: 'system' }], unknown: [], addresses: ['ana@example.com'] };
const OUTSIDE: Traced = { ...CLEAN, story: [{ eventId: 'evt_mail', origin: 'external' }] };
const behind = { kind: 'failed', failure: { code: 'not_caught_up', retryable: true, message: 'later', hint: '' } };
const unknown = { kind: 'failed', failure: { code: 'unknown_event', retryable: false, message: 'never', hint: '' } };
const away = new RetryableError('Nobody answered.');

/** A memory that gives these answers in turn, the last for ever. */
function memory(...answers: (object | Error)[]) {
  const asked: unknown[] = [];
  const origins = new ProposalOrigins({
    ask: (_, request) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(request);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
    },
  });
  return { asked, of: ({ action, origin }: Claim, eventId = 'evt_p', ctx = delivered()) => origins.of({ action }, { eventId, origin }, ctx) };
}
const delivered = (deliveryCount = 1, by: Origin = 'system') => ({ sequence: 7, deliveryCount, event: { origin: by } as never });
interface Claim { readonly origin: Origin; readonly action: Action }
const claiming = (origin: Origin, action = mail): Claim => ({ origin, action });

describe('where a proposal comes from', () => {
  it('is asked of memory once, as of the event in hand, also when the owner decides later', async () => {
    const { asked, of } = memory(OUTSIDE);
    expect(await of(claiming('system'))).toEqual({ taint: { origin: 'external', from: 'story', eventId: 'evt_mail' }, known: new Set(['ana@example.com']) });
    await of(claiming('system'));
    await of(claiming('external'));
    expect(asked).toEqual([{ eventId: 'evt_p', asOf: 7 }]);
    await of(claiming('system'), 'evt_other');
    expect(asked).toHaveLength(2);
  });

  it.each<Origin>(['system', 'operator'])('is as an honest %s says', async (origin) => {
    expect((await memory(CLEAN).of(claiming(origin))).taint).toEqual({ origin, from: 'claim' });
  });

  it('is not asked where nothing depends on the answer: from outside, and nobody written to', async () => {
    const { asked, of } = memory(CLEAN);
    expect(await of(claiming('external', label))).toEqual({ taint: { origin: 'external', from: 'claim' }, known: new Set() });
    expect(asked).toEqual([]);
  });

  it('is forgotten in the end: what is kept does not grow with the number of proposals', async () => {
    const { asked, of } = memory(CLEAN);
    for (let proposal = 0; proposal <= 1_000; proposal += 1) await of(claiming('system'), `evt_${proposal}`);
    await of(claiming('system'), 'evt_1000');
    expect(asked).toHaveLength(1_001);
    await of(claiming('system'), 'evt_0');
    expect(asked).toHaveLength(1_002);
  });
});

describe.each([['away', away], ['behind', behind]])('while memory is %s', (_, trouble) => {
  it('a claim to be clean waits, and is believed once memory bears it out', async () => {
    const { of } = memory(trouble, CLEAN);
    await expect(of(claiming('system'))).rejects.toThrow(RetryableError);
    expect((await of(claiming('system'), 'evt_p', delivered(2))).taint).toEqual({ origin: 'system', from: 'claim' });
  });

  it('a claim to be clean is not believed in the end, and that is not kept', async () => {
    const { of } = memory(trouble, trouble, CLEAN);
    await expect(of(claiming('system'), 'evt_p', delivered(PATIENT_DELIVERIES - 1))).rejects.toThrow(RetryableError);
    expect(await of(claiming('system'), 'evt_p', delivered(PATIENT_DELIVERIES))).toEqual({ taint: { origin: 'external', from: 'unanswered' }, known: new Set() });
    expect((await of(claiming('system'))).taint.origin).toBe('system');
  });

  it('neither what is from outside waits nor the owner; then every recipient is new', async () => {
    expect(await memory(trouble).of(claiming('external'))).toEqual({ taint: { origin: 'external', from: 'claim' }, known: new Set() });
    expect((await memory(trouble).of(claiming('system'), 'evt_p', delivered(1, 'operator'))).taint.from).toBe('unanswered');
  });
});

it('a proposal that memory will never know is not waited for', async () => {
  expect(await memory(unknown).of(claiming('system'))).toEqual({ taint: { origin: 'external', from: 'unanswered' }, known: new Set() });
});

it('an answer that nobody can read is none', async () => {
  expect((await memory(new TypeError('not JSON')).of(claiming('system'))).taint).toEqual({ origin: 'external', from: 'unanswered' });
});
