import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where a local Troupe keeps its data and listens, after the environment. */
export interface LocalSettings {
  readonly home: string;
  readonly httpPort: string;
  readonly smtpPort: string;
}

/** Reads TROUPE_HOME, TROUPE_HTTP_PORT and TROUPE_SMTP_PORT; the services validate them at boot. */
export function localSettings(env: NodeJS.ProcessEnv): LocalSettings {
  return {
    home: resolve(env['TROUPE_HOME'] || './.troupe'),
    httpPort: env['TROUPE_HTTP_PORT'] || '4310',
    smtpPort: env['TROUPE_SMTP_PORT'] || '2525',
  };
}

/** The file that holds the operator's token when the environment does not. */
export function tokenFile(home: string): string {
  return join(home, 'operator-token');
}

/** Where mail goes that is not sent for real. */
export function outboxFolder(home: string): string {
  return join(home, 'outbox');
}

/** The operator's token: TROUPE_OPERATOR_TOKEN, else the file. Throws an Error that says how to get one. */
export async function operatorToken(env: NodeJS.ProcessEnv, home: string): Promise<string> {
  const given = env['TROUPE_OPERATOR_TOKEN'];
  if (given) return given;
  const token = await readFile(tokenFile(home), 'utf8').catch(() => '');
  if (token.trim() !== '') return token.trim();
  throw new Error(`No operator token in ${tokenFile(home)}: run npm start once, which writes it, or set TROUPE_OPERATOR_TOKEN or TROUPE_HOME.`);
}

/** Opens the inbox signed in. The token is in the fragment, which browsers keep to themselves and the page removes at once. */
export function signInLink(httpUrl: string, token: string): string {
  return `${httpUrl}/#token=${encodeURIComponent(token)}`;
}
