import { Injectable } from '@nestjs/common';
import type { Envelope } from '@troupe/contracts';
import { Subject, type Observable } from 'rxjs';
import type { InboxChange } from './card-store.ts';

/** What has just been folded: the event, and what it changed. */
export interface FoldedEvent {
  readonly event: Envelope;
  readonly change: InboxChange;
}

/** Tells everyone in this process who waits or watches. Speaks only of what the projection already holds. */
@Injectable()
export class InboxChanges {
  readonly #folded = new Subject<FoldedEvent>();
  readonly #rebuilt = new Subject<void>();

  readonly folded: Observable<FoldedEvent> = this.#folded.asObservable();
  readonly rebuilt: Observable<void> = this.#rebuilt.asObservable();

  noticeFolded(folded: FoldedEvent): void {
    this.#folded.next(folded);
  }

  noticeRebuilt(): void {
    this.#rebuilt.next();
  }
}
