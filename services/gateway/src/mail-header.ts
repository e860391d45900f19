import type { Mailbox } from '@troupe/contracts';
import { parseAddressHeader } from 'mailparser';
import { cleanLine } from './clean-text.ts';

/** A header block: the unfolded values of each field in the order they came, by lower-case field name. */
export type HeaderFields = ReadonlyMap<string, readonly string[]>;

/** Groups raw header lines (`Name: value`, bytes as Latin-1, folding included). Lines without a field name are left out. */
export function headerFields(lines: readonly { readonly key: string; readonly line: string }[]): HeaderFields {
  const fields = new Map<string, string[]>();
  for (const { key, line } of lines) {
    if (!/^[!-9;-~]+$/.test(key)) continue;
    const values = fields.get(key) ?? [];
    values.push(unfold(line));
    fields.set(key, values);
  }
  return fields;
}

/** The value of a field's first occurrence, which is the one mail programs show. */
export function firstValue(fields: HeaderFields, name: string): string | undefined {
  return fields.get(name)?.[0];
}

/** The people in every occurrence of an address field, groups opened, without those that have no usable address. */
export function mailboxes(fields: HeaderFields, name: string): Mailbox[] {
  // Domains stay as they were sent (punycode): decoded, a look-alike would pass for the real one.
  const { value } = parseAddressHeader([...(fields.get(name) ?? [])], { flatten: true, decodePunycode: false });
  return value.flatMap(({ address, name }) => mailbox(address ?? '', name) ?? []);
}

/** A person from an address and a display name; `undefined` when the address cannot be one. */
export function mailbox(address: string, name = ''): Mailbox | undefined {
  const bare = address.trim().toLowerCase();
  // 254: what fits the path of RFC 5321. An unpaired surrogate or control never passes the pattern.
  if (bare.length > 254 || !/^[^\s@<>,;\p{C}]+@[^\s@<>,;\p{C}]+$/u.test(bare)) return undefined;
  const displayName = cleanLine(name, 500);
  return displayName === '' ? { address: bare } : { address: bare, name: displayName };
}

/** Message ids in angle brackets, each at most 998 characters (RFC 5322, section 3.6.4). */
export function messageIds(value: string): string[] {
  return (value.match(/<[^<>\s]+>/g) ?? []).map((id) => cleanLine(id, 999)).filter((id) => id.length <= 998);
}

/** The first message id in a value; one that lost its brackets, or has blanks inside, gets proper ones. */
export function messageId(value: string): string | undefined {
  const [first] = messageIds(value);
  if (first !== undefined) return first;
  const bare = cleanLine(value, 2_000).replace(/[<>\s]/g, '');
  return bare === '' || bare.length > 996 ? undefined : `<${bare}>`;
}

/** The Message-ID the mail gave itself. */
export function declaredMessageId(fields: HeaderFields): string | undefined {
  return messageId(firstValue(fields, 'message-id') ?? '');
}

/** The instant a Date field names as RFC 3339 in UTC; `undefined` when it names none, or none in the years 1970 to 9999. */
export function dateOf(value: string): string | undefined {
  const instantMs = Date.parse(value);
  const sane = instantMs >= 0 && instantMs < Date.UTC(10_000, 0, 1);
  return sane ? new Date(instantMs).toISOString() : undefined;
}

function unfold(line: string): string {
  const value = line.slice(line.indexOf(':') + 1);
  return Buffer.from(value, 'latin1').toString().replace(/\r?\n/g, '').trim();
}
