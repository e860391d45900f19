import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

/** Where secrets could sit in what is logged. They are cut out before anything is written. */
const SECRET_PATHS = ['token', 'pass', 'password', 'apiKey', 'secret', 'authorization', 'cookie'].flatMap((name) => [
  name,
  `*.${name}`,
  `headers.${name}`,
  `req.headers.${name}`,
]);

/** How a logger begins. Only the name of the service must be given. */
export interface LoggerOptions {
  readonly service: string;
  /** A pino level; default `info`. */
  readonly level?: string;
  /** Default: standard error, so that standard output stays for what a command answers. */
  readonly destination?: DestinationStream;
}

/** A service's logger: JSON lines with the service's name, secrets cut out. */
export function createLogger({ service, level = 'info', destination = pino.destination(2) }: LoggerOptions): Logger {
  return pino(
    { level, base: { service }, timestamp: stdTimeFunctions.isoTime, redact: { paths: SECRET_PATHS, censor: '[secret]' } },
    destination,
  );
}
