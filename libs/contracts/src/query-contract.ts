import type { z } from 'zod';

/** A question one service answers for others, over core NATS request/reply. Queries change nothing. */
export interface QueryContract<Request extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly subject: `qry.${string}.${string}`;
  readonly request: Request;
  readonly reply: Reply;
  /** How long the asker waits before it treats the answerer as away. */
  readonly timeoutMs: number;
}

/** What is asked, as the schema of the query reads it. */
export type RequestOf<Query extends QueryContract> = z.infer<Query['request']>;
/** What is answered, as the schema of the query reads it. */
export type ReplyOf<Query extends QueryContract> = z.infer<Query['reply']>;

/** Declares a query. Freezes it and does nothing else. */
export function defineQuery<Request extends z.ZodType, Reply extends z.ZodType>(
  contract: QueryContract<Request, Reply>,
): QueryContract<Request, Reply> {
  return Object.freeze(contract);
}
