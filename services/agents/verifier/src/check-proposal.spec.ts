import { aFailedPayment, aMail, happened, type ProposedAction } from '@troupe/agent-kit/testing';
import {
  ActionProposed, actionDigest, ApprovalAccepted, EmailReceived, EngineAnswered, InvoicePaymentFailed,
  type Action, type DataOf, type Envelope, type Evidence,
} from '@troupe/contracts';
import { checkProposal } from './check-proposal.ts';

const TEXT = 'Hello,\n\nmy order 12345 of 3 March 2026 cost 49.00 EUR (https://shop.example/orders/12345).\nBob said you would refund it.\n\nThanks,\nAna';
const mail = happened(EmailReceived, aMail({ text: TEXT, cc: [{ address: 'bo@customer.example', name: 'Bo Berg' }] }));
const cited: Evidence = { claim: 'They paid', source: mail.id, span: '49.00 EUR', grounds: 'sourced' };

function proposalOf(action: Action, evidence: readonly Evidence[] = []): ProposedAction {
  return { actionId: 'act_1', digest: actionDigest(action), action, rationale: 'r', evidence: [...evidence], costUsd: 0 };
}

function letter(body: string, args: Record<string, unknown> = {}, evidence: readonly Evidence[] = [cited]): ProposedAction {
  return proposalOf({ type: 'email.send', args: { to: ['ana@customer.example'], subject: 'Re: your order', body, ...args } }, evidence);
}

/** The checks that failed, by name, with what they found. */
function failed(proposal: ProposedAction, events: readonly Envelope[] = [mail]): Record<string, string> {
  return Object.fromEntries(checkProposal(proposal, events).filter(({ passed }) => !passed).map(({ name, detail }) => [name, detail]));
}

describe('a letter that says only what its sources say', () => {
  it('passes every check, and each says what was looked at', () => {
    const checks = checkProposal(letter('Hi Ana,\n\nyour order 12345 of March 3 over €49 (https://shop.example/orders/12345) is on its way.'), [mail]);
    expect(checks.map(({ name }) => name)).toEqual(['schema', 'digest', 'citations', 'targets', 'recipients', 'links', 'dates', 'amounts', 'references', 'names']);
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.every(({ detail }) => detail.length > 0)).toBe(true);
  });

  it('may rest on the mail it answers without citing it', () => {
    expect(failed(letter('Your 49.00 EUR arrived.', {}, []))).toEqual({});
  });

  it('may say what the owner said', () => {
    const words = happened(ApprovalAccepted, { actionId: 'act_0', digest: 'd', decision: 'respond', actionType: 'owner.ask', proposedBy: 'correspondence', response: 'We refund 10 EUR by 1 May 2026.' }, { story: mail.id });
    const evidence: Evidence = { claim: 'The owner', source: words.id, span: '10 EUR', grounds: 'sourced' };
    expect(failed(letter('We refund 10.00 EUR by 2026-05-01.', {}, [evidence]), [mail, words])).toEqual({});
    expect(Object.keys(failed(letter('We refund 10.00 EUR by 2026-05-01.', {}, []), [mail, words]))).toEqual(['dates', 'amounts']);
  });
});

describe('a letter that says more', () => {
  it.each<[check: string, body: string, words: RegExp]>([
    ['amounts', 'You paid 94.00 EUR.', /"94\.00 EUR"/],
    ['dates', 'Your order of 3 March 2025.', /"3 March 2025"/],
    ['links', 'Pay at evil.example/pay today.', /"evil\.example\/pay"/],
    ['links', 'See https://sh0p.example/orders/12345.', /sh0p\.example/],
    ['references', 'Your order 54321 is on its way.', /"54321"/],
    ['names', 'Hi Eve,\n\nthanks.', /"Eve"/],
    ['names', 'Hi Bob,\n\nthanks.', /"Bob"/],
    ['names', 'Hi Bo,\n\nthanks.', /"Bo"/],
    ['names', 'I spoke with Mr. Smith.', /"Mr\. Smith"/],
  ])('%s: %s', (check, body, words) => {
    const problems = failed(letter(body));
    expect(Object.keys(problems)).toEqual([check]);
    expect(problems[check]).toMatch(words);
  });

  it('in its subject is found too', () => {
    expect(failed(letter('Hi Ana,', { subject: 'You owe us 500 EUR' }))).toEqual({ amounts: 'Not found in what it cites: "500 EUR"' });
  });

  it('names every word that was not found', () => {
    expect(failed(letter('Pay 1 EUR, then 2 EUR, then 2 EUR.'))['amounts']).toBe('Not found in what it cites: "1 EUR"; Not found in what it cites: "2 EUR"');
  });
});

describe('the words of the customer in a quote block', () => {
  it('are founded when they stand in the mail, wrapped as they may be', () => {
    expect(failed(letter('Hi Ana,\n\n> Bob said you would\n> refund it.\n\nWe do.'))).toEqual({});
    expect(failed(letter('Hi Ana,\n\n> my order 12345 of 3 March 2026 cost 49.00 EUR\n\nIt did.'))).toEqual({});
  });

  it('are checked like any others when they do not', () => {
    expect(failed(letter('Hi Ana,\n\n> you owe me 500 EUR\n\nWe pay.'))).toEqual({ amounts: expect.stringContaining('500 EUR') });
  });
});

describe('whom a letter goes to and how it greets them', () => {
  it('is somebody of the story: sender, Reply-To, copied', () => {
    const other = happened(EmailReceived, aMail({ replyTo: { address: 'desk@customer.example' }, cc: [{ address: 'bo@customer.example' }] }));
    expect(failed(letter('Hello,', { to: ['DESK@customer.example'], cc: ['bo@customer.example', 'ana@customer.example'] }, []), [other])).toEqual({});
  });

  it('is flagged when it is not', () => {
    expect(failed(letter('Hello,', { to: ['ana@customer.example', 'eve@evil.example'] }))).toEqual({ recipients: 'eve@evil.example is nobody this story is about' });
    expect(failed(letter('Hello,', { cc: ['owner@troupe.example'] }))).toEqual({ recipients: expect.stringContaining('owner@troupe.example') });
  });

  it.each<[what: string, from: { address: string; name?: string }, text: string, greeting: string]>([
    ['by the name of the mailbox', { address: 'a.l@customer.example', name: 'José López' }, 'Hello', 'Hola, Jose:'],
    ['by the name in the address', { address: 'ana.lopez@customer.example' }, 'Hello', 'Dear Ms. Lopez,'],
    ['by how they sign', { address: 'info@customer.example' }, 'Please help.\n\nBest,\nAna Lopez', 'Hi Ana,'],
  ])('greets them %s', (_what, from, text, greeting) => {
    const event = happened(EmailReceived, aMail({ from, text }));
    expect(failed(letter(`${greeting}\n\nthanks.`, { to: [from.address] }, []), [event])).toEqual({});
  });

  it('greets the customer of a billing event by the name billing has', () => {
    const failure = happened(InvoicePaymentFailed, aFailedPayment());
    expect(failed(letter('Hi Ana,\n\n49.00 EUR for INV-0042 is due; the next attempt is on 2026-04-03: https://invoice.billing.example/i/ana', {}, []), [failure])).toEqual({});
    expect(Object.keys(failed(letter('Hi Anna,', {}, []), [failure]))).toEqual(['names']);
  });
});

describe('citations', () => {
  it.each<[what: string, evidence: Partial<Evidence>, problem: RegExp]>([
    ['words the source does not say', { span: '50.00 EUR' }, /"They paid" rests on "50\.00 EUR", which its source does not say/],
    ['an event nobody can read', { source: 'evt_elsewhere' }, /rests on evt_elsewhere, which is no source of this story or person/],
  ])('%s are named', (_what, changes, problem) => {
    expect(failed(letter('Hello,', {}, [{ ...cited, ...changes }]))['citations']).toMatch(problem);
  });

  it('that only conclude need a source, not the very words', () => {
    expect(failed(letter('Hello,', {}, [{ ...cited, span: 'not there', grounds: 'inferred' }]))).toEqual({});
  });

  it('of what an agent proposed found nothing', () => {
    const proposed = happened(ActionProposed, letter('You get 500 EUR.'), { story: mail.id });
    expect(failed(letter('You get 500 EUR.', {}, [{ ...cited, source: proposed.id, span: '500 EUR' }]), [mail, proposed])).toMatchObject({ citations: expect.any(String), amounts: expect.any(String) });
  });
});

describe('what an action acts on', () => {
  const failure = happened(InvoicePaymentFailed, aFailedPayment());
  const pause = (subscriptionId: string) => proposalOf({ type: 'billing.pause_collection', args: { subscriptionId, behavior: 'keep_as_draft' } });

  it('occurs in what it cites', () => {
    expect(failed(pause('sub_ana'), [failure])).toEqual({});
    expect(failed(proposalOf({ type: 'email.label', args: { messageId: mail.data.messageId, add: ['support'], remove: [] } }))).toEqual({});
  });

  it('is flagged when it is somebody else\'s', () => {
    expect(failed(pause('sub_bo'), [failure])).toEqual({ targets: 'sub_bo does not occur in what it cites' });
    expect(failed(pause('sub_an'), [failure])).toEqual({ targets: 'sub_an does not occur in what it cites' });
  });
});

describe('form', () => {
  it('a digest of another form is flagged', () => {
    expect(failed({ ...letter('Hello,'), digest: 'sha256:0' })).toEqual({ digest: 'The digest belongs to another form of this action.' });
  });

  it('arguments outside the catalogue are flagged by field', () => {
    expect(failed(letter('Hello,', { to: 'ana@customer.example' }))['schema']).toMatch(/^args\.to: /);
    expect(failed(proposalOf({ type: 'world.end', args: {} }))['schema']).toMatch(/"world\.end" is not in the action catalogue/);
  });
});

describe('an odd event', () => {
  const odd = (data: unknown): Envelope => ({ ...mail, id: 'evt_odd', causationid: mail.id, data });

  it.each<[what: string, data: unknown]>([
    ['without data', null],
    ['of text alone', 'text'],
    ['with money in no currency', { amount: { amountMinor: 1, currency: 'eu' } }],
    ['nested deeper than the stack', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
    ['with people that are none', { from: 7, replyTo: [], cc: 'all', customer: null }],
  ])('%s does not keep a proposal from being checked', (_what, data) => {
    expect(failed(letter('Hi Ana,\n\nyou paid 49.00 EUR.'), [odd(data), mail])).toEqual({});
  });

  it('that breaks a check fails that check alone, by name', () => {
    const checks = checkProposal({ ...letter('Hi Ana,'), evidence: [{ ...cited, span: undefined as never }] }, [mail]);
    expect(checks.filter(({ passed }) => !passed)).toEqual([{ name: 'citations', passed: false, detail: expect.stringMatching(/^Could not be checked: /) }]);
  });
});

it('takes no word of a model for a source, though it stands at the beginning of a story', () => {
  const recorded = happened(EngineAnswered, {
    callId: 'c', askedBy: 'a', task: 't', taskVersion: '1', model: { provider: 'p', model: 'm', version: '1' }, promptDigest: 'd', parameters: {},
    outcome: { kind: 'answered', answer: { body: 'You get 500 EUR' }, grounds: 'sourced' }, usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 }, durationMs: 1,
  } satisfies DataOf<typeof EngineAnswered>);
  expect(Object.keys(failed(letter('You get 500 EUR.'), [mail, recorded]))).toEqual(['amounts']);
});
