import { RebuildApprovals, RebuildMemory, type QueryContract } from '@troupe/contracts';
import { failureOf, type Queries } from '@troupe/messaging';

/** What became of one store that another service rebuilds. */
export interface RebuiltStore {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Has every service with a store write it again from the stream (I6). A service that is away is named; the others go on. */
export function rebuildStores(queries: Pick<Queries, 'ask'>): Promise<RebuiltStore[]> {
  return Promise.all([rebuildStore(queries, 'memory', RebuildMemory), rebuildStore(queries, 'policy', RebuildApprovals)]);
}

async function rebuildStore(queries: Pick<Queries, 'ask'>, name: string, query: typeof RebuildMemory | typeof RebuildApprovals): Promise<RebuiltStore> {
  try {
    const reply = await queries.ask<QueryContract<typeof query.request, typeof RebuildMemory.reply | typeof RebuildApprovals.reply>>(query, {});
    if (reply.kind === 'failed') return { name, ok: false, detail: `${reply.failure.message} ${reply.failure.hint}` };
    return { name, ok: true, detail: `rebuilt up to ${reply.throughSequence}` };
  } catch (error) {
    const { message, hint } = failureOf(error);
    return { name, ok: false, detail: `${message} ${hint}` };
  }
}
