import { Injectable } from '@nestjs/common';
import type { Envelope } from '@troupe/contracts';
import { filter, firstValueFrom, map, race, timer } from 'rxjs';
import { InboxChanges } from '../projection/inbox-changes.ts';

/** Waits for what policy or the effect gate says. An answer counts once the projection holds it. */
@Injectable()
export class AnswerDesk {
  readonly #changes: InboxChanges;

  constructor(changes: InboxChanges) {
    this.#changes = changes;
  }

  /** The first answer that fits, or undefined when none comes in time. Call it before asking, await it after. */
  waitFor(fits: (answer: Envelope) => boolean, timeoutMs: number): Promise<Envelope | undefined> {
    const answer = this.#changes.folded.pipe(
      map(({ event }) => event),
      filter(fits),
    );
    return firstValueFrom(race(answer, timer(timeoutMs).pipe(map(() => undefined))));
  }
}
