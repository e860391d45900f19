import {
  actionDigest,
  ActionProposed,
  EmailReceived,
  schemaUrn,
  type ActionToDigest,
  type DataOf,
  type Envelope,
  type EventContract,
} from '@troupe/contracts';

/** An event as a service would have put it on the stream. For tests. */
export function sampleEvent<Contract extends EventContract>(
  contract: Contract,
  data: DataOf<Contract>,
  envelope: Partial<Envelope> & { readonly id: string },
): Envelope {
  return {
    specversion: '1.0',
    source: `/services/${envelope.agent ?? 'correspondence'}`,
    type: contract.type,
    time: '2026-11-23T09:00:00.000Z',
    dataschema: schemaUrn(contract),
    datacontenttype: 'application/json',
    correlationid: 'story-1',
    origin: 'external',
    hops: 1,
    agent: 'correspondence',
    agentversion: '0.1.0',
    ...envelope,
    data,
  };
}

/** Ana's mail about an invoice: what the sample story begins with. */
export function mailFromAna(id = 'story-1'): Envelope {
  const blob = { bucket: 'RAW_MAIL', key: 'a', digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 10 };
  const mail: DataOf<typeof EmailReceived> = {
    messageId: '<1@example.com>',
    from: { address: 'ana@example.com', name: 'Ana Lima' },
    to: [{ address: 'owner@localhost' }],
    cc: [],
    subject: 'Invoice 2041',
    text: 'Hello,\n\ninvoice 2041 says 49.00 EUR, but my plan costs 39.00 EUR.\n\nAna',
    truncated: false,
    references: [],
    headers: {},
    attachments: [],
    raw: blob,
    problems: [],
  };
  return sampleEvent(EmailReceived, mail, {
    id,
    correlationid: id,
    hops: 0,
    agent: 'gateway',
    subject: 'person:ana@example.com',
  });
}

/** A reply as `correspondence` would draft it. */
export function reply(
  subject = 'Re: Invoice 2041',
  body = 'Hello Ana,\n\nthank you, I am looking into invoice 2041.\n',
): ActionToDigest & { args: Record<string, unknown> } {
  return { type: 'email.send', args: { to: ['ana@example.com'], subject, body, inReplyTo: '<1@example.com>' } };
}

/** The proposal of an action in the sample story. */
export function proposal(actionId = 'act_1', action = reply(), envelope: Partial<Envelope> = {}): Envelope {
  const data: DataOf<typeof ActionProposed> = {
    actionId,
    digest: actionDigest(action),
    action,
    rationale: 'Ana asks about an amount.',
    costUsd: 0,
    evidence: [{ claim: 'The invoice is number 2041', source: 'story-1', span: 'invoice 2041', grounds: 'sourced' }],
    model: { provider: 'offline', model: 'offline-rules', version: '1' },
    promptVersion: 'reply@1',
  };
  return sampleEvent(ActionProposed, data, {
    id: `${actionId}-proposed`,
    causationid: 'story-1',
    hops: 2,
    snapshot: 1,
    ...envelope,
  });
}
