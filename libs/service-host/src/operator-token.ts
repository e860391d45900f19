import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a generated operator token is kept, mode 0600. */
export function operatorTokenPath(home: string): string {
  return join(home, 'operator-token');
}

/** The operator's token: read from the home folder, made there (mode 0600) the first time. Whoever writes first wins. */
export function operatorToken(home: string): string {
  mkdirSync(home, { recursive: true });
  try {
    writeFileSync(operatorTokenPath(home), `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(operatorTokenPath(home), 'utf8').trim();
}
