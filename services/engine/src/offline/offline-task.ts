import type { SentenceEncoder } from './sentence-encoder.ts';

export type TaskOutcome = { kind: 'answered'; answer: unknown } | { kind: 'declined'; reason: string };

export interface TaskTools {
  encoder: Pick<SentenceEncoder, 'embed'>;
  signal: AbortSignal;
}

/** One thing the offline engine can do. `answer` gets the request's input as it came and checks it itself. */
export interface OfflineTask {
  name: string;
  answer(input: unknown, tools: TaskTools): Promise<TaskOutcome>;
}

export const declined = (reason: string): TaskOutcome => ({ kind: 'declined', reason });
export const answered = (answer: unknown): TaskOutcome => ({ kind: 'answered', answer });
