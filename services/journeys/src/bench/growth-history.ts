import {
  actionDigest, ActionAttempted, ActionAuthorized, ActionExecuted, ActionExpired, ActionHeld, ActionProposed, ActionUnknown, ActionVerified,
  EmailReceived, EmailTriaged, EngineAnswered, type DataOf, type Envelope, type EventContract,
} from '@troupe/contracts';
import { buildEvent } from '@troupe/messaging';

/** How many events `growthUnit` makes, with one card that ends up waiting for the owner and one that is done. */
export const EVENTS_PER_UNIT = 21;

const START_MS = Date.UTC(2024, 0, 1);
const model = { provider: 'offline', model: 'offline-rules', version: '1' };
const policy = { decision: 'permit_with_owner' as const, determining: ['owner-decides'], reasons: ['It leaves the company.'] };
const checks = ['schema', 'recipients', 'amounts', 'links'].map((name) => ({ name, passed: true, detail: 'Found in what it cites.' }));
const WORDS = 'your plan costs more than we agreed on please look at the last invoice and tell me when it will be mended thank you'.split(' ');

/**
 * The `index`th piece of a long history, always the same: a mail that ends in a held card (one in twenty in an unknown
 * outcome), one whose answer was sent or expired, and two that were only sorted. One minute lies between two events.
 */
export function growthUnit(index: number): Envelope[] {
  const story = (part: number): StoryWriter => new StoryWriter(index, part);
  return [...waitingStory(story(0), index), ...doneStory(story(1), index), ...sortedStory(story(2)), ...sortedStory(story(3))];
}

function waitingStory(story: StoryWriter, index: number): Envelope[] {
  const begun = [...story.sorted(), story.asked('correspondence')];
  const draft = [story.proposed(), story.verified()];
  return [...begun, ...draft, index % 20 === 7 ? story.unknown() : story.held()];
}

function doneStory(story: StoryWriter, index: number): Envelope[] {
  const begun = [...story.sorted(), story.proposed(), story.verified()];
  return [...begun, ...(index % 10 === 3 ? [story.held(), story.verified(), story.expired()] : [story.authorized(), story.attempted(), story.executed()])];
}

function sortedStory(story: StoryWriter): Envelope[] {
  return story.sorted();
}

/** Writes the events of one story, each caused by the one before. */
class StoryWriter {
  readonly #id: string;
  readonly #number: number;
  readonly #startMs: number;
  #hops = 0;
  #last: string | undefined;

  constructor(unit: number, part: number) {
    this.#number = unit * 4 + part;
    this.#id = `story-${hashed(this.#number)}`;
    this.#startMs = START_MS + (unit * EVENTS_PER_UNIT + part * 6) * 60_000;
  }

  sorted(): Envelope[] {
    const { from, subject } = this.#mail;
    const raw = { bucket: 'RAW_MAIL', key: this.#id, digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 4_000 };
    const received = this.#write(EmailReceived, 'gateway', {
      messageId: `<${this.#number}@example.com>`, from, to: [{ address: 'owner@localhost' }], cc: [], subject, text: this.#text(120),
      truncated: false, references: [], headers: {}, attachments: [], raw, problems: [],
    });
    const asked = this.asked('triage');
    const triage = {
      category: 'billing' as const, urgency: 'normal' as const, who: {}, what: this.#text(12), asks: [this.#text(9)], amounts: [],
      dates: [], references: [], confidence: 0.8,
    };
    return [received, asked, this.#write(EmailTriaged, 'triage', {
      emailEventId: received.id, messageId: `<${this.#number}@example.com>`, from, subject, triage, model, grounds: 'inferred',
    })];
  }

  asked(askedBy: string): Envelope {
    return this.#write(EngineAnswered, 'engine', {
      callId: `call-${this.#id}-${this.#hops}`, askedBy, task: 'mail.read', taskVersion: '1', model, promptDigest: `sha256:${'1'.repeat(64)}`,
      parameters: {}, outcome: { kind: 'answered', answer: { text: this.#text(40) }, grounds: 'inferred' },
      usage: { inputTokens: 400, outputTokens: 60, costUsd: 0.0004 }, durationMs: 12,
    });
  }

  proposed(): Envelope {
    const evidence = [{ claim: this.#text(8), source: this.#id, span: this.#text(6), grounds: 'sourced' as const }];
    const rationale = `They ask about ${this.#mail.subject}.`;
    return this.#act(ActionProposed, 'correspondence', { action: this.#action, rationale, evidence, model, promptVersion: 'reply@1', costUsd: 0.001 });
  }

  verified(): Envelope {
    return this.#act(ActionVerified, 'verifier', { checks });
  }

  held(): Envelope {
    return this.#act(ActionHeld, 'policy', { action: this.#action, policy, why: 'needs_owner', expiresAt: '2099-01-01T00:00:00Z' });
  }

  authorized(): Envelope {
    const authorizationId = `auth-${this.#id}`;
    return this.#act(ActionAuthorized, 'policy', { authorizationId, action: this.#action, by: 'owner', policy, expiresAt: '2099-01-01T00:00:00Z' });
  }

  attempted(): Envelope {
    return this.#act(ActionAttempted, 'connectors', { ...this.#spent, connector: 'email', mode: 'sandbox', idempotencyKey: this.#id });
  }

  executed(): Envelope {
    return this.#act(ActionExecuted, 'connectors', { ...this.#spent, mode: 'sandbox', providerReference: this.#id, summary: 'Kept in the outbox.' });
  }

  unknown(): Envelope {
    const failure = { code: 'no_answer', retryable: false, message: 'The server went away.', hint: 'Look into the mailbox.' };
    return this.#act(ActionUnknown, 'connectors', { ...this.#spent, failure });
  }

  expired(): Envelope {
    return this.#act(ActionExpired, 'policy', {});
  }

  get #spent(): { authorizationId: string } {
    return { authorizationId: `auth-${this.#id}` };
  }

  get #mail(): { from: { address: string; name: string }; subject: string } {
    const person = this.#number % 997;
    return { from: { address: `person${person}@example.com`, name: `Person ${person}` }, subject: `Invoice ${this.#number}` };
  }

  get #action(): DataOf<typeof ActionProposed>['action'] {
    const { from, subject } = this.#mail;
    return { type: 'email.send', args: { to: [from.address], subject: `Re: ${subject}`, body: this.#text(60), inReplyTo: `<${this.#number}@example.com>` } };
  }

  #act<Contract extends EventContract>(contract: Contract, agent: string, data: object): Envelope {
    const reference = { actionId: `act-${this.#id}`, digest: actionDigest(this.#action) };
    return this.#write(contract, agent, { ...reference, ...data } as DataOf<Contract>, `action:${reference.actionId}`);
  }

  #write<Contract extends EventContract>(contract: Contract, name: string, data: DataOf<Contract>, subject?: string): Envelope {
    const hops = this.#hops++;
    const causationId = this.#last;
    const id = (this.#last = `evt-${hashed(this.#number * 64 + hops)}`);
    const lineage = {
      id, time: new Date(this.#startMs + hops * 60_000).toISOString(), correlationId: this.#id, origin: 'external' as const, hops,
      ...(causationId !== undefined && { causationId }),
    };
    return buildEvent({ name, version: '1.0.0', emits: [contract] }, { contract, data, subject: subject ?? `person:${this.#mail.from.address}` }, lineage);
  }

  /** Words in another order for every story, and one that only this one has. */
  #text(count: number): string {
    const words = Array.from({ length: count }, (_, index) => WORDS[(index * 7 + this.#number) % WORDS.length]);
    return `${words.join(' ')} ref${hashed(this.#number)}`;
  }
}

/** Spreads ids as digests do, so that no index profits from their order. */
function hashed(number: number): string {
  return [0x9e3779b1, 0x85ebca6b].map((factor) => (Math.imul(number + 1, factor) >>> 0).toString(16).padStart(8, '0')).join('');
}
