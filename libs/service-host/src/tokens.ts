/** Injects the service's pino logger: `@Inject(LOG) log: Logger`. */
export const LOG = Symbol('troupe.log');
