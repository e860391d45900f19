import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import type { FoldedEvent } from './folded-event.ts';

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
