export type WorkerNote =
  | { readonly kind: 'ran'; readonly pid: number; readonly file: string }
  | { readonly kind: 'left'; readonly pid: number; readonly file: string; readonly things: readonly string[] }
  | { readonly kind: 'exited'; readonly pid: number }
  | { readonly kind: 'ended'; readonly pid: number; readonly things: readonly string[] };
export function lingering(before: readonly string[], now: readonly string[]): string[];
export function addNote(run: string, note: WorkerNote): void;
export function readNotes(run: string): WorkerNote[];
export function describeWorkers(notes: readonly WorkerNote[]): string[];
export function describeLeftovers(names: readonly string[]): string[];
