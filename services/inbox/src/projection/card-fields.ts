import { findAction, MoneySchema, type ActionField, type Money } from '@troupe/contracts';
import type { CardField } from './card.contract.ts';

/** The arguments of an action as its catalogue entry says they are read; fields without a value are left out. */
export function renderFields(type: string, args: Readonly<Record<string, unknown>>): CardField[] {
  const fields = findAction(type)?.fields ?? Object.keys(args).map(plainField);
  return fields.filter((field) => field.editable || isFilled(args[field.key])).map((field) => renderField(field, args[field.key]));
}

/** `4900 eur` as people write it: `49.00 EUR`. Knows the currencies without cents. */
export function moneyText({ amountMinor, currency }: Money): string {
  const code = currency.toUpperCase();
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2;
  return `${(amountMinor / 10 ** digits).toFixed(digits)} ${code}`;
}

function renderField(field: ActionField, value: unknown): CardField {
  const { key, label, kind, editable } = field;
  return { key, label, kind, editable, text: valueText(value), value: value ?? null };
}

/** An action type this build does not know still shows what it would do. */
function plainField(key: string): ActionField {
  return { key, label: key, kind: 'text', editable: false };
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  const money = MoneySchema.safeParse(value);
  return money.success ? moneyText(money.data) : JSON.stringify(value);
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
