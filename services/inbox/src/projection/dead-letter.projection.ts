import { MessageDeadLettered, type Envelope } from '@troupe/contracts';
import type { DeadLetterRow } from './card.contract.ts';
import { reading, readings } from './event-reading.ts';

type WithoutSequence = Omit<DeadLetterRow, 'sequence'>;

/** The dead letter an event announces, if it announces one. */
export const deadLetterOf: (event: Envelope) => WithoutSequence | undefined = readings<WithoutSequence>([
  reading(MessageDeadLettered, (letter, event) => ({
    id: letter.deadLetterId,
    time: event.time,
    service: letter.service,
    handler: letter.handler,
    eventType: letter.eventType,
    eventId: letter.eventId,
    storyId: event.correlationid,
    deliveries: letter.deliveries,
    failure: letter.failure,
  })),
]);
