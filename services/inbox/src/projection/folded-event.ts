import type { Envelope } from '@troupe/contracts';

/** An event at its place in the stream. */
export interface PlacedEvent {
  readonly event: Envelope;
  readonly sequence: number;
}

/** What an event changed for those who watch. */
export interface InboxChange {
  readonly sequence: number;
  readonly storyId: string;
  readonly cardId?: string;
  readonly deadLetter: boolean;
  readonly wait: boolean;
}

/** What has just been folded: the event, and what it changed. */
export interface FoldedEvent {
  readonly event: Envelope;
  readonly change: InboxChange;
}
