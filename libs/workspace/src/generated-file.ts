import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is written from the code and checked in, so that it can be read and reviewed without running anything. */
export interface GeneratedFile {
  /** Relative to the folder of the workspace. */
  readonly path: string;
  readonly text: string;
}

/** Writes the files below `root`. */
export async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** The paths of those files whose text on disk is another one, or that are missing there. */
export async function outOfDate(root: string, files: readonly GeneratedFile[]): Promise<string[]> {
  const found = await Promise.all(files.map(({ path }) => readFile(join(root, path), 'utf8').catch(() => undefined)));
  return files.filter(({ text }, index) => found[index] !== text).map(({ path }) => path);
}
