import type { Mail, Triage } from './triage-contract.ts';

const FREE_MAIL = /^(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|aol|gmx|web|t-online|freenet|posteo|mailbox|proton|protonmail|pm|laposte|free|orange|wanadoo|sfr|btinternet|sky|virginmedia|comcast|verizon|att|libero|telefonica|terra|hey|fastmail|mail|bluewin|rediffmail|qq|163|yandex|zoho)$/i;
const MAX_NAME_CHARS = 200;
const LEGAL_FORM = /((?:[\p{Lu}][\p{L}\d&.'’-]*\s+){1,4}(?:GmbH(?: & Co\. KG)?|AG|UG|KG|e\.V\.|Ltd\.?|Limited|Inc\.?|LLC|LLP|PLC|Corp\.?|Co\.|SARL|SAS|S\.A\.|S\.L\.|B\.V\.|BV|AB|ApS|Oy|Pty|SpA|S\.r\.l\.))(?![\p{L}])/u;
const AT_COMPANY = /^(?<name>.+?)\s+(?:at|from|bei|de chez|[|@–-])\s+(?<company>.+)$/;

/** Whether the address is at a mail provider that anybody can use. */
export function isFreeMail(address: string): boolean {
  const labels = domainOf(address).split('.');
  return labels.slice(0, -1).some((label) => FREE_MAIL.test(label)) && labels.length <= 3;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase().replace(/[>\s]+$/, '');
}

/** Whether the address carries the name that the sender shows, as those of people do: Ana Lopez, `alopez@…`. */
export function writesUnderOwnName({ mail, fromLocal }: { mail: Mail; fromLocal: string }): boolean {
  const [first = '', ...rest] = plain(mail.from.name ?? '').split(' ');
  return first.length > 1 && [first, rest.at(-1) ?? ''].some((name) => name.length > 2 && plain(fromLocal).includes(name));
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** Name and company as far as the mail shows them; the domain stands in for a company that is not named. */
export function senderOf(mail: Mail, text: string): Triage['who'] {
  const shown = (mail.from.name ?? '').replace(/^["']+|["']+$/g, '').trim();
  const parts = AT_COMPANY.exec(shown)?.groups;
  const name = parts?.['name'] ?? (shown || undefined);
  const company = LEGAL_FORM.exec(`${shown}\n${text}`)?.[1]?.trim() ?? parts?.['company'] ?? companyDomain(mail.from.address);
  return { ...(name ? { name: name.slice(0, MAX_NAME_CHARS) } : {}), ...(company ? { company: company.slice(0, MAX_NAME_CHARS) } : {}) };
}

function companyDomain(address: string): string | undefined {
  return address.includes('@') && !isFreeMail(address) ? domainOf(address) : undefined;
}
