import type { Money } from './actions/billing.args.ts';

/** `{ amountMinor: 4900, currency: 'eur' }` as people write it: `49.00 EUR`. Minor digits follow the currency (yen has none). */
export function moneyText({ amountMinor, currency }: Money): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return `${(amountMinor / 10 ** digits).toFixed(digits)} ${currency.toUpperCase()}`;
}
