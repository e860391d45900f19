interface SecretPattern {
  name: string;
  pattern: RegExp;
  /** Further test on the match, for patterns that also fit harmless text. */
  confirm?: (match: string) => boolean;
}

const LINE_VALUE = String.raw`(?:password|passwort|passwd|passcode|pwd|mot de passe|contrase(?:ñ|n)a|kennwort|api[ _-]?key|secret(?:[ _-]?key)?|access[ _-]?token|pin)`;

const PATTERNS: SecretPattern[] = [
  { name: 'private-key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g },
  { name: 'api-key', pattern: /\b(?:sk|pk|rk|whsec)[_-](?:[A-Za-z0-9]+[_-])*[A-Za-z0-9+/=]{12,}/g },
  { name: 'api-key', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,})/g },
  { name: 'token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g },
  { name: 'token', pattern: /(?<=\bbearer\s+)[\w.~+/=-]{8,}/gi },
  { name: 'password', pattern: new RegExp(String.raw`(?<=\b${LINE_VALUE}\s*(?:[:=]|\bis\b|\bist\b)\s*)["']?[^\s"',;]{3,}["']?`, 'gi') },
  { name: 'card-number', pattern: /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])/g, confirm: passesLuhn },
];

/**
 * Replaces what must never leave the machine (keys, tokens, passwords, card numbers) by `[redacted:<what>]`.
 *
 * Errs on the side of redacting: a model that misses a password answers as well, a leaked one cannot be taken back.
 */
export function redactSecrets(text: string): string {
  return PATTERNS.reduce((rest, secret) => replaceSecret(rest, secret), text);
}

/** The same for every string inside a JSON value; keys and shape stay. */
export function redactSecretsIn(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redactSecretsIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactSecretsIn(inner)]));
}

function replaceSecret(text: string, { name, pattern, confirm }: SecretPattern): string {
  return text.replace(pattern, (match) => (confirm && !confirm(match) ? match : `[redacted:${name}]`));
}

/** ISO/IEC 7812-1 annex B: the check digit that separates card numbers from order numbers and phone numbers. */
function passesLuhn(candidate: string): boolean {
  const digits = [...candidate.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => total + (index % 2 === 0 ? digit : doubled(digit)), 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

const doubled = (digit: number) => (digit > 4 ? digit * 2 - 9 : digit * 2);
