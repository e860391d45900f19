import { prefixProblem, type BrokerSettings } from '@troupe/messaging';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const seconds = (fallback: number) => z.coerce.number().min(0).default(fallback);
const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const optional = z.string().min(1).optional();
const prefix = z.string().superRefine((value, check) => {
  const message = prefixProblem(value);
  if (message !== undefined) check.addIssue({ code: 'custom', message });
});
/** What JetStream itself puts behind `$JS.` cannot be a domain. */
const domain = z.string().regex(/^(?!(?:API|ACK|FC|EVENT)$)[\w-]+$/, 'must be one word of letters, digits, "-" and "_", as nats-server has it, and not API, ACK, FC or EVENT');

/** Environment variables, with their defaults. `.env.example` lists the same ones; a test holds the two together. */
export const EnvironmentSchema = z.object({
  TROUPE_HOME: z.string().min(1).default('./.troupe'),
  TROUPE_HTTP_PORT: port(4310),
  TROUPE_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  TROUPE_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  TROUPE_SMTP_PORT: port(2525),
  TROUPE_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  TROUPE_OWNER_EMAIL: z.string().regex(/^[^@\s]+@[^@\s]+$/, 'must be an email address such as me@example.com').default('owner@localhost'),
  TROUPE_OPERATOR_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  TROUPE_HOLD_SECONDS: seconds(10),
  TROUPE_APPROVAL_TTL_SECONDS: seconds(7 * 24 * 3600),
  TROUPE_AUTHORIZATION_TTL_SECONDS: z.coerce.number().positive('must be more than 0: nothing could ever run').default(24 * 3600),
  TROUPE_VERIFICATION_TIMEOUT_SECONDS: seconds(30),
  TROUPE_PATIENCE_SECONDS: seconds(60),
  TROUPE_RETRY_FIRST_PAUSE_SECONDS: z.coerce.number().positive().default(60),
  TROUPE_STORY_EVENTS: count(1_000),
  TROUPE_STORY_MODEL_CALLS: count(50),
  TROUPE_STORY_MONEY_MINOR: count(100_000),
  TROUPE_POLICIES: optional,
  TROUPE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  NATS_URL: optional,
  TROUPE_NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  TROUPE_NATS_STORAGE: z.enum(['file', 'memory']).default('file'),
  TROUPE_NATS_DOMAIN: domain.optional(),
  TROUPE_NATS_PREFIX: prefix.default(''),
  TROUPE_NATS_DUPLICATE_WINDOW_SECONDS: z.coerce.number().min(0.1, 'must be at least 0.1').default(3_600),
  MONGODB_URL: optional,
  QDRANT_URL: optional,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_MODEL: optional,
  OPENAI_EMBEDDING_MODEL: optional,
  SMTP_URL: z.url('must look like smtp://user:pass@host:587').optional(),
  IMAP_URL: z.url().optional(),
  STRIPE_API_KEY: optional,
  STRIPE_API_BASE: z.url().optional(),
  STRIPE_WEBHOOK_SECRET: optional,
});

/** The validated configuration. Inject it by this class. Times are in milliseconds. */
export abstract class TroupeConfig {
  abstract readonly home: string;
  abstract readonly httpPort: number;
  abstract readonly httpHost: string;
  /** Where health is told by services without HTTP; undefined: nowhere. */
  abstract readonly healthPort: number | undefined;
  abstract readonly smtpPort: number;
  abstract readonly smtpHost: string;
  abstract readonly ownerEmail: string;
  abstract readonly operatorToken: string;
  abstract readonly holdWindowMs: number;
  abstract readonly approvalTtlMs: number;
  /** How long after its hold window an authorised action may still run. */
  abstract readonly authorizationTtlMs: number;
  abstract readonly verificationTimeoutMs: number;
  /** How long something is waited for before it is said aloud. */
  abstract readonly patienceMs: number;
  /** After the first try that the outside put off; later pauses grow from it. */
  abstract readonly retryFirstPauseMs: number;
  /** What one story may use up before the owner is asked; money in the smallest unit, of each currency. */
  abstract readonly storyLimits: { readonly events: number; readonly modelCalls: number; readonly moneyMinor: number };
  abstract readonly logLevel: string;
  abstract readonly policiesFolder: string | undefined;
  abstract readonly natsUrl: string | undefined;
  /** How streams and buckets are kept on the broker. */
  abstract readonly broker: Omit<BrokerSettings, 'adjusts'>;
  abstract readonly mongodbUrl: string | undefined;
  abstract readonly openaiApiKey: string | undefined;
  abstract readonly openaiBaseUrl: string | undefined;
  abstract readonly openaiModel: string | undefined;
  abstract readonly openaiEmbeddingModel: string | undefined;
  abstract readonly smtpUrl: string | undefined;
  abstract readonly stripeApiKey: string | undefined;
  abstract readonly stripeApiBase: string | undefined;
  abstract readonly stripeWebhookSecret: string | undefined;
  /** Standard Webhooks secrets by source, lower case, from `TROUPE_WEBHOOK_SECRET_<SOURCE>`. */
  abstract readonly webhookSecrets: Readonly<Record<string, string>>;
}

/** Reads the environment. Throws one error that names every bad variable and its fix. */
export function readConfig(environment: NodeJS.ProcessEnv, operatorToken: (home: string) => string): TroupeConfig {
  const parsed = EnvironmentSchema.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable (see .env.example):\n- ${lines.join('\n- ')}`);
  }
  const env = parsed.data;
  return {
    home: env.TROUPE_HOME,
    httpPort: env.TROUPE_HTTP_PORT,
    httpHost: env.TROUPE_HTTP_HOST,
    healthPort: env.TROUPE_HEALTH_PORT,
    smtpPort: env.TROUPE_SMTP_PORT,
    smtpHost: env.TROUPE_SMTP_HOST,
    ownerEmail: env.TROUPE_OWNER_EMAIL,
    operatorToken: env.TROUPE_OPERATOR_TOKEN ?? operatorToken(env.TROUPE_HOME),
    holdWindowMs: env.TROUPE_HOLD_SECONDS * 1_000,
    approvalTtlMs: env.TROUPE_APPROVAL_TTL_SECONDS * 1_000,
    authorizationTtlMs: env.TROUPE_AUTHORIZATION_TTL_SECONDS * 1_000,
    verificationTimeoutMs: env.TROUPE_VERIFICATION_TIMEOUT_SECONDS * 1_000,
    patienceMs: env.TROUPE_PATIENCE_SECONDS * 1_000,
    retryFirstPauseMs: env.TROUPE_RETRY_FIRST_PAUSE_SECONDS * 1_000,
    storyLimits: { events: env.TROUPE_STORY_EVENTS, modelCalls: env.TROUPE_STORY_MODEL_CALLS, moneyMinor: env.TROUPE_STORY_MONEY_MINOR },
    logLevel: env.TROUPE_LOG_LEVEL,
    policiesFolder: env.TROUPE_POLICIES,
    natsUrl: env.NATS_URL,
    broker: brokerSettings(env),
    mongodbUrl: env.MONGODB_URL,
    openaiApiKey: env.OPENAI_API_KEY,
    openaiBaseUrl: env.OPENAI_BASE_URL,
    openaiModel: env.OPENAI_MODEL,
    openaiEmbeddingModel: env.OPENAI_EMBEDDING_MODEL,
    smtpUrl: env.SMTP_URL,
    stripeApiKey: env.STRIPE_API_KEY,
    stripeApiBase: env.STRIPE_API_BASE,
    stripeWebhookSecret: env.STRIPE_WEBHOOK_SECRET,
    webhookSecrets: webhookSecrets(environment),
  };
}

function brokerSettings(env: z.infer<typeof EnvironmentSchema>): Omit<BrokerSettings, 'adjusts'> {
  return {
    replicas: env.TROUPE_NATS_REPLICAS,
    memory: env.TROUPE_NATS_STORAGE === 'memory',
    duplicateWindowMs: env.TROUPE_NATS_DUPLICATE_WINDOW_SECONDS * 1_000,
    domain: env.TROUPE_NATS_DOMAIN,
    prefix: env.TROUPE_NATS_PREFIX,
  };
}

/** An empty variable (`SMTP_URL=`) counts as unset. */
function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function webhookSecrets(environment: NodeJS.ProcessEnv): Record<string, string> {
  const prefix = 'TROUPE_WEBHOOK_SECRET_';
  const entries = Object.entries(environment).filter(([name, value]) => name.startsWith(prefix) && value);
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value ?? '']));
}
