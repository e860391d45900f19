import { z } from 'zod';

/**
 * Where a story began. An event caused by an external one stays `external` however long the chain grows (I5), so this
 * is the taint of everything that follows from text the outside wrote.
 */
export const Origin = { external: 'external', operator: 'operator', system: 'system' } as const;
export type Origin = (typeof Origin)[keyof typeof Origin];
/** Reads an origin. */
export const OriginSchema = z.enum(['external', 'operator', 'system']);

const TAINT: Readonly<Record<Origin, number>> = { system: 0, operator: 1, external: 2 };

/** The most tainted of several origins: taint only ever grows (I5). `system` of none. */
export function worstOrigin(...origins: readonly Origin[]): Origin {
  return origins.reduce((worst, origin) => (TAINT[origin] > TAINT[worst] ? origin : worst), Origin.system);
}

/** A story whose causal chain grows past this many events is quarantined, not looped. */
export const MAX_HOPS = 32;

/**
 * The envelope of every event: CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md)
 * in its JSON format, with Troupe's extension attributes. Attribute names are lower case, as the specification asks.
 */
const KnownAttributes = z.object({
  specversion: z.literal('1.0'),
  /** Deterministic (I2): of an arrival, a function of what arrived; else of cause, handler and output. Also the JetStream `Nats-Msg-Id`. */
  id: z.string().min(1).max(128),
  /** The service that produced it, as a URI reference: `/services/triage`. */
  source: z.string().min(1),
  /** `evt.<domain>.<past-tense>`; the subject is the type and the producer. */
  type: z.string().regex(/^evt\.[a-z_]+\.[a-z_]+$/),
  /** RFC 3339, UTC. */
  time: z.iso.datetime(),
  /** Names type and version of `data`: `urn:troupe:evt.email.received:v1`. */
  dataschema: z.string().regex(/^urn:troupe:evt\.[a-z_.]+:v\d+$/),
  datacontenttype: z.literal('application/json'),
  /** The entity the event is about: `person:ana@example.com`, `customer:cus_1`, `action:act_…`. */
  subject: z.string().min(1).max(320).optional(),
  /** The story: all that followed from one arrival. */
  correlationid: z.string().min(1).max(128),
  /** The event that directly caused this one; absent on the first of a story. */
  causationid: z.string().min(1).max(128).optional(),
  origin: OriginSchema,
  /** Length of the causal chain; 0 on the first event of a story. */
  hops: z.int().min(0),
  /** Which stream history `snapshot` counts in: a restore into an empty broker begins a new one. */
  realm: z.string().min(1).max(64).optional(),
  /** The stream sequence the producer had read when it produced this. */
  snapshot: z.int().min(0).optional(),
  /** Who produced it: agent or service name, as in the subject, and its version. */
  agent: z.string().min(1),
  agentversion: z.string().min(1),
  data: z.unknown(),
});
export type Envelope = z.infer<typeof KnownAttributes>;

/** Reads an envelope. It is open: attributes that nobody here knows survive. */
export const EnvelopeSchema: z.ZodType<Envelope> = KnownAttributes.loose();

/** An envelope whose `data` has been validated against its contract. */
export type TypedEvent<Data> = Omit<Envelope, 'data'> & { readonly data: Data };
