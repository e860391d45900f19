import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the docstring above a contract says, by the contract's type or subject; its lines as they stand. */
export type ContractDocs = ReadonlyMap<string, readonly string[]>;

/** What an event promises, after its docstring. */
export interface EventPromise {
  readonly meaning: string;
  readonly emittedWhen: string;
  readonly guarantees: string;
  readonly doesNotMean: string;
}

const CONTRACT = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+ = define(?:Event|Action|Query)\(\{\s*(?:type|subject): '([^']+)'/g;

/** Reads the docstrings of all events, actions and queries in the sources of the contracts library. */
export async function readContractDocs(contractsFolder: string): Promise<ContractDocs> {
  const folders = ['events', 'actions', 'queries'].map((name) => join(contractsFolder, name));
  const files = await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))));
  const sources = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
  return new Map(sources.flatMap(contractDocs));
}

/** The docstrings of the contracts in one source file. */
export function contractDocs(source: string): [type: string, lines: string[]][] {
  return [...source.matchAll(CONTRACT)].map(([, comment = '', type = '']) => [type, docLines(comment)]);
}

/** Throws an Error that says what to add where when the docstring leaves one of the promises out. */
export function eventPromise(type: string, docs: ContractDocs): EventPromise {
  const text = (docs.get(type) ?? []).join(' ');
  const [meaning, emittedWhen, guarantees, doesNotMean] = text.split(/\s*(?:Emitted when|Guarantees|Does not mean):\s*/);
  if (meaning && emittedWhen && guarantees && doesNotMean) return { meaning, emittedWhen, guarantees, doesNotMean };
  throw new Error(`The docstring of ${type} needs one sentence, then "Emitted when:", "Guarantees:" and "Does not mean:", in this order.`);
}

/** The docstring of an action or a query as one line of text. Throws an Error when there is none. */
export function contractText(type: string, docs: ContractDocs): string {
  const lines = docs.get(type);
  if (!lines) throw new Error(`${type} has no docstring: put one above its declaration in libs/contracts.`);
  return lines.join(' ');
}

function docLines(comment: string): string[] {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trim());
  return lines.filter((line) => line !== '');
}
