import { setFlagsFromString } from 'node:v8';

/** Node.js 22 has V8 12. */
const FIRST_SOUND_V8 = 12;

/**
 * Keeps V8 from inlining calls into WebAssembly, which Node.js 20 does not survive: when the optimised caller loses its
 * grounds while such a call is under way, the deoptimizer meets "unreachable code" and the process ends. Cedar is asked
 * often enough for that to happen under load. Newer versions are sound and are left alone. May be called again.
 */
export function keepWasmCallsPlain(): void {
  if (Number.parseInt(process.versions.v8, 10) < FIRST_SOUND_V8) setFlagsFromString('--no-turbo-inline-js-wasm-calls');
}
