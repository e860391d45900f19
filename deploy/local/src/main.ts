import { demoEnvironment } from './demo/demo-environment.ts';
import { runDemo } from './demo/run-demo.ts';
import { endOfRun } from './end-of-run.ts';
import { startLocalTroupe } from './local-troupe.ts';
import type { LocalTroupe } from './local-troupe.ts';
import { localSettings, operatorToken, outboxFolder, signInLink, tokenFile } from './settings.ts';
import type { LocalSettings } from './settings.ts';
import { explainStartFailure } from './start-failure.ts';
import { parseStartOptions, START_HELP } from './start-options.ts';
import type { StartOptions } from './start-options.ts';
import { START_FAILED } from './supervise.ts';

const STOP_WITHIN_MS = 20_000;

/** stdout carries one line, that Troupe is ready; everything else goes to stderr. */
const log = (line: string): void => console.error(line);

/** Answers the exit code, once everything that was started has stopped. */
async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const settings = localSettings(env);
  try {
    const options = parseStartOptions(args);
    if (options.help) console.log(START_HELP);
    else await runUntilTold(settings, options, env);
    return 0;
  } catch (error) {
    log(explainStartFailure(error, { http: settings.httpPort, smtp: settings.smtpPort }));
    return START_FAILED;
  }
}

async function runUntilTold(settings: LocalSettings, options: StartOptions, given: NodeJS.ProcessEnv): Promise<void> {
  const env = options.demo ? demoEnvironment(given, log) : given;
  const end = endOfRun(env);
  const troupe = await startLocalTroupe(settings, { ...options, env, log });
  await announce(troupe, settings, env);
  process.send?.('ready');
  const demo = new AbortController();
  if (options.demo && troupe.solo) showDemo(troupe.solo, env, demo.signal);
  log(`Stopping (${await end}) ...`);
  demo.abort();
  exitAnywayLater();
  await troupe.stop();
}

async function announce({ natsUrl, solo }: LocalTroupe, { home }: LocalSettings, env: NodeJS.ProcessEnv): Promise<void> {
  if (solo === undefined) return console.log(`The broker is ready: ${natsUrl}`);
  const url = `http://localhost:${new URL(solo.httpUrl).port}`;
  log(`Incoming mail: smtp://localhost:${solo.smtpPort}`);
  log(`Outgoing mail: ${env['SMTP_URL'] ? 'the server at SMTP_URL' : `sandbox, kept in ${outboxFolder(home)}`}`);
  log(`Operator token: ${env['TROUPE_OPERATOR_TOKEN'] ? 'TROUPE_OPERATOR_TOKEN' : tokenFile(home)}`);
  console.log(`Troupe is ready: ${url}`);
  // Only to a person at a terminal: whatever collects the output of a service must not collect the token.
  if (process.stderr.isTTY) log(`Open it signed in: ${signInLink(url, await operatorToken(env, home))}`);
}

function showDemo({ smtpPort, httpUrl }: NonNullable<LocalTroupe['solo']>, env: NodeJS.ProcessEnv, signal: AbortSignal): void {
  const stripeWebhookSecret = env['STRIPE_WEBHOOK_SECRET'] ?? '';
  runDemo({ smtpPort, httpUrl, stripeWebhookSecret, log, signal }).catch((error: unknown) => log(`The demo stopped: ${String(error)}`));
}

/** A part that does not stop must not keep the rest; a second Ctrl-C ends the process at once, since nobody listens any more. */
function exitAnywayLater(): void {
  const giveUp = (): void => {
    log(`Not everything stopped within ${STOP_WITHIN_MS / 1_000} s; ending anyway.`);
    process.exit(1);
  };
  setTimeout(giveUp, STOP_WITHIN_MS).unref();
}

process.exit(await main(process.argv.slice(2), process.env));
