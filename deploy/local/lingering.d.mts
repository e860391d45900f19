/** What one test file left running, by kind. */
export interface Lingering {
  readonly file: string;
  readonly pid: number;
  readonly left: readonly string[];
}
export function lingering(before: readonly string[], now: readonly string[]): string[];
export function noteLingering(run: string, entry: Lingering): void;
export function readLingering(run: string): Lingering[];
export function describeLingering(entries: readonly Lingering[]): string[];
export function describeLeftovers(names: readonly string[]): string[];
