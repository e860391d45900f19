import { type Action, type ActionCard, type ActionField, findAction, inPresentForm, type Money, MoneySchema, Origin } from '@troupe/contracts';
import type { Provenance } from './provenance.ts';
import { containsSecret } from './secrets.ts';

/** What a policy may ask about a proposal; the Cedar schema (`deploy/policies/troupe.cedarschema`) explains each part. */
export interface ProposalContext {
  readonly tier: string;
  readonly tainted: boolean;
  readonly verification: string;
  readonly edited: boolean;
  readonly recipients: readonly string[];
  readonly recipientCount: number;
  readonly newRecipients: readonly string[];
  readonly newRecipientCount: number;
  readonly amountMinor?: number;
  readonly currency?: string;
  readonly containsSecret: boolean;
  readonly linkHosts: readonly string[];
}

/** The facts of a proposal. Whether it is tainted is worked out, not what it claims (I5). */
export function proposalContext(card: ActionCard, { taint, known }: Provenance): ProposalContext {
  const recipients = recipientsOf(card.action);
  const newRecipients = recipients.filter((address) => !known.has(address));
  const text = textOf(card.action);
  return {
    tier: findAction(card.action.type)?.tier ?? 'none',
    tainted: taint.origin === Origin.external,
    verification: card.verification,
    edited: card.edited,
    recipients,
    recipientCount: recipients.length,
    newRecipients,
    newRecipientCount: newRecipients.length,
    ...moneyOf(card.action),
    containsSecret: containsSecret(text),
    linkHosts: linkHosts(text),
  };
}

/** Whom an action writes to, in lower case, each once: what its `addresses` fields hold. */
export function recipientsOf(action: Action): string[] {
  return unique(fieldValues(action, ['addresses']).flatMap(strings).map((address) => address.trim().toLowerCase()));
}

function textOf(action: Action): string {
  return fieldValues(action, ['text', 'long_text']).flatMap(strings).join('\n');
}

/** Money an action moves; empty when it moves none. */
export function moneyOf(action: Action): Partial<Money> {
  const [money] = fieldValues(action, ['money']).map((value) => MoneySchema.safeParse(value));
  return money?.success ? money.data : {};
}

/** Hosts of the http links in a text, in lower case. */
function linkHosts(text: string): string[] {
  const links = text.match(/https?:\/\/[^\s<>"')\]]+/gi) ?? [];
  return unique(links.filter((link) => URL.canParse(link)).map((link) => new URL(link).hostname));
}

/** The catalogue says which argument is an address, a text or money, so a new action is covered without a line here. */
function fieldValues(action: Action, kinds: readonly ActionField['kind'][]): unknown[] {
  const fields = findAction(action.type)?.fields ?? [];
  const args = inPresentForm(action)?.args;
  return args ? fields.filter((field) => kinds.includes(field.kind)).map((field) => args[field.key]) : [];
}

function strings(value: unknown): string[] {
  return [value].flat().filter((part) => typeof part === 'string');
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
