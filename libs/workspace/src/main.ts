import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { services } from '@troupe/solo';
import { generateOptions, type GenerateOptions } from './generate-options.ts';
import { outOfDate, writeFiles } from './generated-file.ts';
import { generatedFiles } from './generated-files.ts';
import { natsPermissionsText } from './nats-permissions.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * `main.js` writes the generated files; `main.js --check` only compares, and ends with 1 when one differs. `main.js
 * --permissions <file> [--prefix <company>]... [--domain <domain>]` writes the permissions for a broker of another set-up.
 */
async function main(options: GenerateOptions): Promise<void> {
  if (options.kind === 'permissions') return writePermissions(options);
  const files = await generatedFiles(root);
  const stale = await outOfDate(root, files);
  if (options.kind === 'check') {
    for (const path of stale) process.stderr.write(`${path} is out of date: run npm run generate --workspace @troupe/workspace\n`);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  await writeFiles(root, files);
  for (const path of stale) process.stdout.write(`written: ${path}\n`);
}

/** npm runs scripts in the folder of the package; what a person writes is meant from where they stand. */
async function writePermissions({ file, places }: Extract<GenerateOptions, { kind: 'permissions' }>): Promise<void> {
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
  await writeFile(path, natsPermissionsText(services, places));
  process.stdout.write(`written: ${path}\n`);
}

try {
  await main(generateOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
