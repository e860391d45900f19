/** Lets a signal end a check the way `process.exit` does, so that what it started is ended too. */
export function exitOnSignal(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}
