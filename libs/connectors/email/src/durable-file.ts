import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Effect } from '@troupe/contracts';

/** Creates a file whole or not at all, flushed to disk. False when it was there already; then it is left as it is. */
export async function createFile(path: string, content: Uint8Array | string): Promise<boolean> {
  const draft = await writeDraft(path, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Replaces a file (or creates it) in one step, flushed to disk: a reader sees the old content or the new. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await rename(await writeDraft(path, content), path);
}

async function writeDraft(path: string, content: Uint8Array | string): Promise<string> {
  const draft = join(dirname(path), `.${randomUUID()}.draft`);
  const write = (): Promise<void> => writeFile(draft, content, { flush: true });
  await write().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    await write();
  });
  return draft;
}

/** For `.catch`: a file or folder that is not there yet reads as `value`. */
export function whenMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}

/** The effect of a write that failed: files are created whole or not at all, so nothing has changed. */
export function notWritten(folder: string, error: unknown): Effect {
  const message = `Nothing could be written to ${folder}: ${String(error)}`.slice(0, 1_000);
  const hint = `Make ${folder} writable and leave some space on its disk.`;
  return { kind: 'refused', failure: { code: 'folder_unwritable', retryable: true, message, hint } };
}
