/**
 * Crash windows with names. A test arms one by `TROUPE_CRASH_AT="<name>:<hit>"` in the environment of a child process,
 * which then dies by SIGKILL the moment that point is reached for the `hit`-th time. Otherwise this does nothing.
 */
export type CrashPoint =
  | 'messaging.before-outputs'
  | 'messaging.after-outputs'
  | 'messaging.state-stored'
  | 'connectors.after-attempt'
  | 'connectors.after-effect'
  | 'gateway.after-blob'
  | 'gateway.after-publish';

const [armedName, armedHit = '1'] = (process.env['TROUPE_CRASH_AT'] ?? '').split(':');
let hits = 0;

/** Marks a crash window. */
export function crashPoint(name: CrashPoint): void {
  if (name !== armedName) return;
  hits += 1;
  if (hits === Number(armedHit)) process.kill(process.pid, 'SIGKILL');
}
