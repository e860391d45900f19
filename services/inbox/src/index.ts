import {
  ActionOutcomeReported, ActionRetryRequested, ActionUndoRequested, ApprovalDecided, RebuildApprovals, RebuildMemory, RecallEpisodes,
} from '@troupe/contracts';
import { defineService } from '@troupe/service-host';
import { InboxModule } from './inbox.module.ts';

export const inbox = defineService({
  name: 'inbox',
  version: '0.1.0',
  purpose: 'The operator’s API and web app: shows what agents propose and takes the owner’s word on it.',
  module: InboxModule,
  emits: [ApprovalDecided, ActionUndoRequested, ActionRetryRequested, ActionOutcomeReported],
  asks: [RecallEpisodes, RebuildMemory, RebuildApprovals],
  tails: true,
  settlesDeadLetters: true,
  http: { routes: ['/'] },
});
