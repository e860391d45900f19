import { ActionAuthorized, type Envelope } from '@troupe/contracts';
import { isEvent, type EventTail } from '@troupe/messaging';
import type { Authorization } from './effect-outcome.ts';

/** Finds authorisations again on the stream, where each is kept whole: the ledger holds no arguments of actions. */
export class AuthorizationArchive {
  constructor(private readonly tail: Pick<EventTail, 'read'>) {}

  /** The authorisation at a stream sequence; undefined when the stream does not hold it any more. */
  async at(sequence: number, authorizationId: string): Promise<Authorization | undefined> {
    let found: Authorization | undefined;
    const onEvent = (event: Envelope): Promise<void> => {
      if (isEvent(ActionAuthorized, event) && event.data.authorizationId === authorizationId) found = event.data;
      return Promise.resolve();
    };
    await this.tail.read({ fromSequence: sequence, throughSequence: sequence, signal: new AbortController().signal, onEvent });
    return found;
  }
}
