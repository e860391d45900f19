import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policySetTextToParts, policyToJson, type DetailedError, type PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';

/** One Cedar policy: its text and the same as Cedar reads it (`rule`), its id and why it exists, in the owner's words. */
export interface WrittenPolicy {
  readonly id: string;
  readonly reason: string;
  readonly text: string;
  readonly rule: PolicyJson;
  readonly file: string;
}

export interface PolicyFiles {
  readonly folder: string;
  readonly schema: string;
  readonly policies: readonly WrittenPolicy[];
}

/** The policies cannot be used; the message names the file, the policy and the fix. The service does not start (I8). */
export class PolicyFilesError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PolicyFilesError';
  }
}

export const SCHEMA_FILE = 'troupe.cedarschema';

/** Reads `*.cedar` and the schema of a folder. Throws PolicyFilesError when one is missing, broken or without annotations. */
export function readPolicyFiles(folder: string): PolicyFiles {
  const files = listFolder(folder).filter((file) => file.endsWith('.cedar')).sort();
  if (files.length === 0) throw new PolicyFilesError(`${folder} has no *.cedar file: without a permit nothing could ever run.`);
  const policies = files.flatMap((file) => policiesIn(file, read(folder, file)));
  refuseDuplicates(policies);
  return { folder, schema: read(folder, SCHEMA_FILE), policies };
}

/** The policies of one Cedar text, each with its `@id` and `@reason`. */
export function policiesIn(file: string, text: string): WrittenPolicy[] {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') throw new PolicyFilesError(`${file} is not valid Cedar: ${explain(parts.errors)}`);
  if (parts.policy_templates.length > 0) {
    throw new PolicyFilesError(`${file} has a template: write it as a policy, nothing links templates here.`);
  }
  return parts.policies.map((policy) => annotated(file, policy));
}

/** Cedar's own words, with the place and its advice where it has one. */
export function explain(errors: readonly DetailedError[]): string {
  return errors
    .flatMap((error) => [error, ...(error.related ?? [])])
    .map(({ message, help }) => (help ? `${message} (${help})` : message))
    .join('; ');
}

function annotated(file: string, text: string): WrittenPolicy {
  const rule = parsed(file, text);
  const { id, reason } = rule.annotations ?? {};
  if (id && reason) return { id, reason, text, rule, file };
  const missing = id ? '@reason' : '@id';
  throw new PolicyFilesError(`${file}: a policy has no ${missing}; write @id("…") and @reason("…") above: ${text.slice(0, 120)}`);
}

function parsed(file: string, text: string): PolicyJson {
  const answer = policyToJson(text);
  if (answer.type === 'failure') throw new PolicyFilesError(`${file} is not valid Cedar: ${explain(answer.errors)}`);
  return answer.json;
}

function refuseDuplicates(policies: readonly WrittenPolicy[]): void {
  const fileOf = new Map<string, string>();
  for (const { id, file } of policies) {
    const other = fileOf.get(id);
    if (other !== undefined) throw new PolicyFilesError(`@id("${id}") is used twice, in ${other} and ${file}: give each policy its own.`);
    fileOf.set(id, file);
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const hint = 'set TROUPE_POLICIES to the folder with the *.cedar files.';
    throw new PolicyFilesError(`The policy folder ${folder} cannot be read: ${hint}`, { cause });
  }
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch (cause) {
    throw new PolicyFilesError(`${join(folder, file)} cannot be read: put it back or mend its permissions.`, { cause });
  }
}
