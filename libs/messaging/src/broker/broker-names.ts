import { type Streams } from '@troupe/contracts';

/** A stream as the rest of the code speaks of it. */
type Stream = (typeof Streams)[keyof typeof Streams];

/** Where subjects of a company without a prefix begin: a prefix of the same name would lie on them. */
const ROOTS: readonly string[] = ['evt', 'dead', 'redrive', 'qry'];
const PREFIX = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/i;

/** What is wrong with a prefix, and how to mend it; undefined when nothing is. */
export function prefixProblem(prefix: string): string | undefined {
  if (prefix === '') return undefined;
  if (ROOTS.includes(prefix)) return `"${prefix}" is where subjects without a prefix begin: take another name`;
  if (PREFIX.test(prefix)) return undefined;
  const offending = /[^\w-]/.exec(prefix)?.[0];
  const why = offending === undefined ? 'of "-" or "_" at an end or twice in a row' : `of "${offending}"`;
  return `"${prefix}" cannot be part of a name on the broker because ${why}: use letters and digits, with a single "-" or "_" between them`;
}

/**
 * Every name on the broker is made here: the code speaks of `Streams.events` and of `evt.email.received`, and this says what
 * they are called on a broker that companies share. With the prefix `acme` the stream is `acme-EVENTS` and the subject
 * `acme.evt.email.received`; without one, names are as they are spoken. No bucket and no root of a subject has a "-" in it,
 * so that names of two companies can never be the same.
 */
export class BrokerNames {
  readonly prefix: string;

  /** Throws with the fix when the prefix cannot be part of a name. */
  constructor(prefix = '') {
    const problem = prefixProblem(prefix);
    if (problem !== undefined) throw new Error(`The prefix ${problem}.`);
    this.prefix = prefix;
  }

  /** The name of a stream. */
  stream({ name }: Pick<Stream, 'name'>): string {
    return this.#joined('-', name);
  }

  /** The name of a KV or object bucket. */
  bucket(name: string): string {
    return this.#joined('-', name);
  }

  /** The name of a durable consumer. */
  consumer(durable: string): string {
    return this.#joined('-', durable);
  }

  /** A subject, or a filter of subjects, as the broker knows it. */
  subject(spoken: string): string {
    return this.#joined('.', spoken);
  }

  /** The subject of a message as the code speaks of it; one that is not this company's stays as it is. */
  spoken(subject: string): string {
    const root = this.#joined('.', '');
    return subject.startsWith(root) ? subject.slice(root.length) : subject;
  }

  /** Replies to a service arrive under a prefix of its own, so that broker permissions can name it. */
  inbox(service: string): string {
    return this.subject(`_INBOX_${service}`);
  }

  /** Who a service logs in as. */
  user(service: string): string {
    return this.#joined('.', service);
  }

  #joined(separator: string, name: string): string {
    return this.prefix === '' ? name : `${this.prefix}${separator}${name}`;
  }
}
