import { fileURLToPath } from 'node:url';
import { outOfDate, writeFiles } from './generated-file.ts';
import { generatedFiles } from './generated-files.ts';

/** `main.js` writes the generated files; `main.js --check` only compares, and ends with 1 when one differs. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const files = await generatedFiles(root);
const stale = await outOfDate(root, files);
if (process.argv.includes('--check')) {
  for (const path of stale) process.stderr.write(`${path} is out of date: run npm run generate --workspace @troupe/workspace\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  await writeFiles(root, files);
  for (const path of stale) process.stdout.write(`written: ${path}\n`);
}
