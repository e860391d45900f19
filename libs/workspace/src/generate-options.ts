import { parseArgs } from 'node:util';
import type { BrokerPlace } from '@troupe/service-host';

/** What the generator is asked for: to write the files of the workspace, to compare them, or to write permissions for a broker elsewhere. */
export type GenerateOptions =
  | { readonly kind: 'write' | 'check' }
  | { readonly kind: 'permissions'; readonly file: string; readonly places: readonly BrokerPlace[] };

const OPTIONS = {
  check: { type: 'boolean', default: false },
  permissions: { type: 'string' },
  prefix: { type: 'string', multiple: true },
  domain: { type: 'string' },
} as const;

/** Parses the arguments. Throws an Error that says what may be written. */
export function generateOptions(args: readonly string[]): GenerateOptions {
  const { check, permissions: file, prefix, domain } = parsed(args);
  if (file !== undefined) return { kind: 'permissions', file, places: (prefix ?? ['']).map((one) => ({ prefix: one, domain })) };
  if (prefix === undefined && domain === undefined) return { kind: check ? 'check' : 'write' };
  throw new Error('--prefix and --domain are of a broker elsewhere: name the file to write with --permissions <file>.');
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (cause) {
    throw new Error('Usage: generate [--check] | --permissions <file> [--prefix <company>]... [--domain <JetStream domain>]', { cause });
  }
}
