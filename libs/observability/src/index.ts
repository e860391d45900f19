export { createLogger, type LoggerOptions } from './logger.ts';
export { PinoNestLogger } from './pino-nest-logger.ts';
