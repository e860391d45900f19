import type { Result } from './rounds.ts';

/** The first line of a table of flows. */
export function header(title: string): string {
  return `${title.padEnd(36)} median ms    p95 ms   flows/s    CPU ms`;
}

/** One flow: milliseconds, flows a second, and milliseconds of processor time each. */
export function row({ name, medianMs, p95Ms, flowsPerSecond, processorMs }: Result): string {
  return `${name.padEnd(36)} ${figure(medianMs)} ${figure(p95Ms)} ${flowsPerSecond.toFixed(0).padStart(9)} ${figure(processorMs)}`;
}

/** A flow as multiples of another one. */
export function ratios(ours: Result, bare: Result): string {
  const [median, p95] = [ours.medianMs / bare.medianMs, ours.p95Ms / bare.p95Ms];
  return `${'ratio'.padEnd(36)} ${figure(median)} ${figure(p95)} ${figure(ours.flowsPerSecond / bare.flowsPerSecond)} ${figure(ours.processorMs / bare.processorMs)}`;
}

/** Two digits behind the point, nine columns wide. */
export function figure(value: number): string {
  return value.toFixed(2).padStart(9);
}
