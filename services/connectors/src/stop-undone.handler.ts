import { Controller, Inject } from '@nestjs/common';
import { ActionUndone, ActionUndoRequested, type EventOf } from '@troupe/contracts';
import { On, type HandlerContext } from '@troupe/messaging';
import type { EffectEntry } from './effect-entry.ts';
import { EffectLedger } from './effect-ledger.ts';

/**
 * Undo requests. One wins when it reaches the ledger while nobody is at the outside: before the first try or between two.
 * During a try it is noted, so that nothing is tried again, and the gate says how it ended; policy answers the owner then.
 */
@Controller()
export class UndoRequests {
  constructor(@Inject(EffectLedger) private readonly ledger: EffectLedger) {}

  @On(ActionUndoRequested)
  async stopUndone({ data: { actionId, digest } }: EventOf<typeof ActionUndoRequested>, ctx: HandlerContext): Promise<void> {
    const entry = await this.ledger.change(actionId, (found) => undoneEntry(found, ctx.sequence));
    if (entry.state === 'cancelled' && entry.undoSequence === ctx.sequence) ctx.emit(ActionUndone, { actionId, digest });
  }
}

/** The entry after an undo that was requested at this stream sequence. */
export function undoneEntry(entry: EffectEntry | undefined, undoSequence: number): EffectEntry {
  if (entry === undefined || entry.state === 'deferred') return { state: 'cancelled', undoSequence };
  const isInHand = entry.state === 'spent' || entry.state === 'attempting';
  return isInHand && !entry.undone ? { ...entry, undone: true } : entry;
}
