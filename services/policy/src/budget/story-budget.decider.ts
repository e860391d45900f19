import { ActionAuthorized, EngineAnswered, MAX_HOPS, type Envelope, type QuarantineReason } from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import { z } from 'zod';
import { moneyOf } from '../judgement/proposal-context.ts';

/** What one story may use up before the owner is asked; every release grants it all once more. */
export interface StoryLimits {
  readonly events: number;
  readonly modelCalls: number;
  /** Of each currency, in its smallest unit: what is authorised without the owner's own decision. */
  readonly moneyMinor: number;
}

/** What a story has used up. Money by currency, in its smallest unit. */
export interface Spent {
  readonly events: number;
  readonly modelCalls: number;
  readonly money: Readonly<Record<string, number>>;
}

/** What a story has used up before its first event. */
export const NOTHING_SPENT: Spent = { events: 0, modelCalls: 0, money: {} };

/** What is used up after one more event. Pure; that an event counts once is for whoever keeps the ids. */
export function spend(spent: Spent, event: Envelope): Spent {
  if (isVainCall(event)) return spent;
  return {
    events: spent.events + 1,
    modelCalls: spent.modelCalls + (isEvent(EngineAnswered, event) ? 1 : 0),
    money: withMoney(spent.money, event),
  };
}

/** A model that is away is asked again and again; that is the outage's doing, not the story's, and must not stop it. */
function isVainCall({ type, data }: Envelope): boolean {
  return type === EngineAnswered.type && VainCallSchema.safeParse(data).success;
}

const VainCallSchema = z.object({ outcome: z.object({ kind: z.literal('failed'), failure: z.object({ retryable: z.literal(true) }) }) });

/** The owner's own decisions are no expense of the story; nor is what takes an action back, since the owner asked for it. */
function withMoney(money: Spent['money'], event: Envelope): Spent['money'] {
  const authorized = event.type === ActionAuthorized.type ? ActionAuthorized.schema.safeParse(event.data) : undefined;
  if (!authorized?.success || authorized.data.by === 'owner') return money;
  const { currency, amountMinor = 0 } = moneyOf(authorized.data.action);
  return currency === undefined ? money : { ...money, [currency]: (money[currency] ?? 0) + amountMinor };
}

/** The first limit that was passed, after so many releases; undefined while the story keeps within all. */
export function limitPassed(spent: Spent, limits: StoryLimits, grants: number): QuarantineReason | undefined {
  const reasons: QuarantineReason[] = [
    { kind: 'events', limit: limits.events, reached: spent.events },
    { kind: 'model_calls', limit: limits.modelCalls, reached: spent.modelCalls },
    ...Object.entries(spent.money).map(([currency, reached]) => ({ kind: 'money' as const, limit: limits.moneyMinor, reached, currency })),
  ];
  return reasons.map((reason) => ({ ...reason, limit: reason.limit * (grants + 1) })).find(({ limit, reached }) => reached > limit);
}

/** Whether a reason that was found earlier still holds, after so many releases. */
export function isStillPassed({ kind, reached }: QuarantineReason, limits: StoryLimits, grants: number): boolean {
  const allowed = { hops: MAX_HOPS - 1, events: limits.events, model_calls: limits.modelCalls, money: limits.moneyMinor }[kind];
  return kind === 'hops' ? reached >= MAX_HOPS * (grants + 1) : reached > allowed * (grants + 1);
}
