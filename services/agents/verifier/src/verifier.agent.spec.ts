import { aFailedPayment, aMail, givenMemory, happened, type ProposedAction } from '@troupe/agent-kit/testing';
import { ActionFlagged, ActionProposed, actionDigest, ActionVerified, EmailReceived, InvoicePaymentFailed, type Evidence } from '@troupe/contracts';
import { VerifierAgent } from './verifier.agent.ts';

const mail = happened(EmailReceived, aMail());

function letter(body: string, evidence: readonly Evidence[] = []): ProposedAction {
  const action = { type: 'email.send', args: { to: ['ana@customer.example'], subject: 'Re: CSV export fails', body } };
  return { actionId: 'act_1', digest: actionDigest(action), action, rationale: 'r', evidence: [...evidence], costUsd: 0 };
}
const about = { story: mail.id, subject: 'person:ana@customer.example' };
const cites = (source: string): Evidence => ({ claim: 'It failed', source, span: 'INV-0042', grounds: 'sourced' });

it('verifies what says only what its sources say, and names the form it checked', async () => {
  const proposal = letter('Hi Ana,\n\nI am looking into Error 512.');
  const { events } = await givenMemory([mail]).when(VerifierAgent, ActionProposed, proposal, about);
  expect(events).toMatchObject([{ type: ActionVerified.type, data: { actionId: 'act_1', digest: proposal.digest } }]);
});

it('flags what says more, with all its checks', async () => {
  const { events } = await givenMemory([mail]).when(VerifierAgent, ActionProposed, letter('Hi Ana,\n\nyou get 500 EUR.'), about);
  expect(events).toMatchObject([{ type: ActionFlagged.type, data: { checks: expect.arrayContaining([{ name: 'amounts', passed: false, detail: 'Not found in what it cites: "500 EUR"' }]) } }]);
});

it('reads what is on record about the recipient elsewhere, by whatever name', async () => {
  const failure = happened(InvoicePaymentFailed, aFailedPayment(), { subject: 'customer:cus_ana' });
  const { events } = await givenMemory([failure, mail]).when(VerifierAgent, ActionProposed, letter('Invoice INV-0042 over 49.00 EUR is open.', [cites(failure.id)]), about);
  expect(events[0]?.type).toBe(ActionVerified.type);
});

it('reads what is on record about a customer whose address has changed', async () => {
  const earlier = happened(InvoicePaymentFailed, aFailedPayment({ customer: { id: 'cus_ana', email: 'old@customer.example' } }), { subject: 'customer:cus_ana' });
  const now = happened(InvoicePaymentFailed, aFailedPayment({ attemptCount: 2 }), { subject: 'customer:cus_ana' });
  const proposal = letter('Hi Ana,\n\ninvoice INV-0042 over 49.00 EUR is open.', [cites(now.id), cites(earlier.id)]);
  const { events } = await givenMemory([earlier, now]).when(VerifierAgent, ActionProposed, proposal, { story: now.id, subject: 'customer:cus_ana' });
  expect(events[0]?.type).toBe(ActionVerified.type);
});

it('does not let a forged sender have their victim\'s record told to the address to reply to', async () => {
  const failure = happened(InvoicePaymentFailed, aFailedPayment(), { subject: 'customer:cus_ana' });
  const forged = happened(EmailReceived, aMail({ replyTo: { address: 'eve@evil.example' } }));
  const action = { type: 'email.send', args: { to: ['eve@evil.example'], subject: 'Re', body: 'Invoice INV-0042 is open.' } };
  const proposal = { ...letter('', [cites(failure.id)]), action, digest: actionDigest(action) };
  const { events } = await givenMemory([failure, forged]).when(VerifierAgent, ActionProposed, proposal, { ...about, story: forged.id });
  expect(events[0]?.type).toBe(ActionFlagged.type);
});

it('does not let a letter tell what is on record about somebody else', async () => {
  const others = happened(InvoicePaymentFailed, aFailedPayment({ customer: { id: 'cus_bo', email: 'bo@customer.example' } }), { subject: 'customer:cus_bo' });
  const { events } = await givenMemory([others, mail]).when(VerifierAgent, ActionProposed, letter('Invoice INV-0042 over 49.00 EUR is open.', [cites(others.id)]), about);
  const failed = (events[0]?.data as { checks: { name: string; passed: boolean }[] }).checks.filter(({ passed }) => !passed);
  expect(failed.map(({ name }) => name)).toEqual(['citations', 'amounts', 'references']);
});

it('flags a proposal whose story memory does not hold: nothing it says is founded', async () => {
  const { events } = await givenMemory().when(VerifierAgent, ActionProposed, letter('Hi Ana,\n\nyou get 500 EUR.'), about);
  expect(events[0]?.type).toBe(ActionFlagged.type);
});
