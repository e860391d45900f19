import type { Card, CardField } from '../wire.ts';

/** A form field's text by its key, as the owner typed it. */
export type Draft = Readonly<Record<string, string>>;

/** What the edit form starts with. */
export function draftOf(fields: readonly CardField[]): Draft {
  return Object.fromEntries(fields.filter((field) => field.editable).map((field) => [field.key, startText(field)]));
}

/** All arguments of the edited action: what was typed over what was there. An emptied optional field is left out. */
export function editedArgs(card: Pick<Card, 'args' | 'fields'>, draft: Draft): Record<string, unknown> {
  const args: Record<string, unknown> = { ...card.args };
  for (const field of card.fields) {
    const typed = draft[field.key];
    if (!field.editable || typed === undefined || typed === startText(field)) continue;
    const value = readField(field, typed);
    if (value === undefined) delete args[field.key];
    else args[field.key] = value;
  }
  return args;
}

/** Which field a problem is about: `args.to.0` is about `to`. */
export function fieldOfProblem(path: string): string {
  return path.replace(/^args\./, '').split('.', 1)[0] ?? path;
}

function startText(field: CardField): string {
  return field.kind === 'money' ? (field.text.split(' ', 1)[0] ?? '') : field.text;
}

function readField({ kind, value }: CardField, typed: string): unknown {
  switch (kind) {
    case 'addresses':
    case 'list':
      return readList(typed, Array.isArray(value));
    case 'money':
      return readMoney(typed, value);
    case 'text':
      return typed.trim() === '' ? undefined : typed.trim();
    case 'long_text':
      return typed;
    default:
      return kind satisfies never;
  }
}

/** A list that was there stays a list, even an empty one, so that the server can say what is wrong with it. */
function readList(typed: string, wasThere: boolean): string[] | undefined {
  const items = typed
    .split(/[,;\n]/)
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0 || wasThere ? items : undefined;
}

/** Keeps the currency; the number of decimals is that of the amount it replaces. What is no number is sent as typed. */
function readMoney(typed: string, value: unknown): unknown {
  const { currency } = value as { currency: string };
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const amount = Number(typed.trim().replace(',', '.'));
  return Number.isFinite(amount) && typed.trim() !== ''
    ? { amountMinor: Math.round(amount * 10 ** digits), currency }
    : { amountMinor: typed, currency };
}
