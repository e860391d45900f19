/** What the operator API sends, as the server's own schemas say it. Types only: nothing of the server is bundled. */
import type { z } from 'zod';
import type { DecisionRequest, StoryReply, SummaryReply } from '../../src/api/api.contract.ts';

export type {
  AgentRow,
  Card,
  CardField,
  CardState,
  DeadLetterRow,
  Original,
  StoryEntry,
  WaitRow,
} from '../../src/projection/card.contract.ts';
export type { DecisionRequest } from '../../src/api/api.contract.ts';
export type Story = z.infer<typeof StoryReply>;
export type Summary = z.infer<typeof SummaryReply>;
export type Decision = DecisionRequest['decision'];

export interface List<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
