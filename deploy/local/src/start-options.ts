import { parseArgs } from 'node:util';

/** What `npm start` understands after `--`. */
export interface StartOptions {
  readonly brokerOnly: boolean;
  readonly demo: boolean;
  readonly help: boolean;
}

/** Shown by `npm start -- --help`. */
export const START_HELP = `Usage: npm start [-- options]

Starts Troupe on this machine: a nats-server, every service, and the inbox, in one process.
It is ready when it prints "Troupe is ready: http://localhost:<port>", and stops on Ctrl-C.

Options:
  --demo         feed it a dozen mails and webhooks through the real ways in
  --broker-only  start the broker alone, for services run one by one (npx nx serve <service>)
  --help         show this text

Settings are environment variables; .env.example lists them all. The first to know:
  TROUPE_HOME        where everything is kept (default ./.troupe)
  TROUPE_HTTP_PORT   inbox, operator API and webhooks (default 4310)
  TROUPE_SMTP_PORT   incoming mail (default 2525)`;

const OPTIONS = {
  'broker-only': { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Parses the arguments. Throws an Error that names an unknown one and where the help is. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    return { brokerOnly: values['broker-only'], demo: values.demo, help: values.help };
  } catch (error) {
    throw new Error(`${(error as Error).message.split('.')[0]}. See npm start -- --help.`, { cause: error });
  }
}
