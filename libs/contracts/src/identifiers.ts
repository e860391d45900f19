import { hash } from 'node:crypto';

/**
 * The deterministic id of a handler's output for one cause, by its place or its own name (I2): 128 bits, base64url, `evt_`
 * in front. `branch` is empty for the real run and names a what-if run, whose events can then never be taken for real ones.
 */
export function outputId(causeId: string, handler: string, place: number | string, branch = ''): string {
  return branch === '' ? stableId('evt', causeId, handler, String(place)) : stableId('evt', causeId, handler, String(place), branch);
}

/** A deterministic id from parts. The parts are length-prefixed, so `['ab','c']` and `['a','bc']` differ. */
export function stableId(prefix: string, ...parts: readonly string[]): string {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return `${prefix}_${hash('sha256', text, 'buffer').subarray(0, 16).toString('base64url')}`;
}

/** How the same person is written wherever an event says whom it is about. */
export function personSubject(address: string): string {
  return `person:${address.trim().toLowerCase()}`;
}
