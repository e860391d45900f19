import { EmailTriaged, EngineAnswered, MoneySchema, moneyText, type ActionProposed, type DataOf, type Envelope } from '@troupe/contracts';

type Proposal = DataOf<typeof ActionProposed>;

/** An event that can be cited, and all it says. */
export interface Source {
  readonly event: Envelope;
  readonly text: string;
}

/** What the company itself wrote or concluded founds nothing: a model's words would prove each other. */
const OWN_WORDS: ReadonlySet<string> = new Set([EngineAnswered.type, EmailTriaged.type]);

function isSource({ type }: Envelope): boolean {
  return !OWN_WORDS.has(type) && !type.startsWith('evt.action.');
}

/** Every citable event as text, whatever its data is. */
export function sourcesIn(events: readonly Envelope[]): Source[] {
  return events.filter(isSource).map((event) => ({ event, text: textOf(event) }));
}

/** The sources a proposal may rest on: those it cites, and the first event of its story, which it answers. */
export function citedSources({ evidence }: Proposal, sources: readonly Source[]): Source[] {
  const ids = new Set(evidence.map(({ source }) => source));
  return sources.filter(({ event }) => ids.has(event.id) || event.causationid === undefined);
}

/** Id, time and every word, number and amount of an event; money in minor units is written out as people write it. */
function textOf({ id, time, data }: Envelope): string {
  return [id, time, ...words(data)].join('\n');
}

/** Without recursion: data from outside may be nested deeper than the stack. */
function words(data: unknown): string[] {
  const found: string[] = [];
  const waiting: unknown[] = [data];
  while (waiting.length > 0) {
    const value = waiting.pop();
    const money = MoneySchema.safeParse(value).data;
    if (money) found.push(moneyText(money));
    else if (typeof value === 'string' || typeof value === 'number') found.push(String(value));
    else if (typeof value === 'object' && value !== null) waiting.push(...(Object.values(value) as unknown[]).reverse());
  }
  return found;
}
