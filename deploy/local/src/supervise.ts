import { setTimeout as sleep } from 'node:timers/promises';

/** How a child process ended: by an exit code or by a signal. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One run of the process that is looked after. */
export interface SupervisedChild {
  readonly pid: number;
  /** Whether it has said that it is ready. */
  isReady(): boolean;
  /** Asks it to end; does nothing when it has ended. */
  stop(): void;
  readonly ended: Promise<ChildEnd>;
}

/** What a supervisor needs. */
export interface Supervision {
  /** Starts the child anew. */
  readonly start: () => SupervisedChild;
  /** Settles when everything shall stop. */
  readonly end: Promise<unknown>;
  readonly log: (line: string) => void;
  /** Waits; answers early when the signal aborts. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly nowMs?: () => number;
}

/** Exit code of a start that failed for a reason a person has been told; the same start would fail again. */
export const START_FAILED = 78;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A run this long was a good one: the next pause is the first again. */
const GOOD_RUN_MS = 60_000;

/**
 * Keeps a child running until `end`: one that dies (a signal, an exception) is started again after 1, 2, 4 ... 30 seconds,
 * each time with one line to `log`. One that ends by itself with 0, or that could not even start the first time, is not.
 * Answers the exit code for the whole: 0 after a clean end, else 1.
 */
export async function supervise({ start, end, log, pause = pauseUnlessAborted, nowMs = Date.now }: Supervision): Promise<number> {
  const stopping = new AbortController();
  void end.then(() => stopping.abort());
  let wasReady = false;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const beganMs = nowMs();
    const child = start();
    const ended = await runUntilEnd(child, stopping.signal);
    wasReady ||= child.isReady();
    if (stopping.signal.aborted || isFinal(ended, wasReady)) return ended.code === 0 ? 0 : 1;
    if (nowMs() - beganMs >= GOOD_RUN_MS) pauseMs = FIRST_PAUSE_MS;
    log(`Troupe (process ${child.pid}) died: ${describe(ended)}. Starting it again in ${pauseMs / 1_000} s; nothing that was accepted is lost.`);
    await pause(pauseMs, stopping.signal);
    if (stopping.signal.aborted) return 0;
  }
}

async function runUntilEnd(child: SupervisedChild, stopping: AbortSignal): Promise<ChildEnd> {
  const stop = (): void => child.stop();
  stopping.addEventListener('abort', stop);
  if (stopping.aborted) stop();
  const ended = await child.ended;
  stopping.removeEventListener('abort', stop);
  return ended;
}

function isFinal({ code }: ChildEnd, wasReady: boolean): boolean {
  return code === 0 || (code === START_FAILED && !wasReady);
}

function describe({ code, signal }: ChildEnd): string {
  if (signal !== null) return `ended by ${signal}`;
  return code === START_FAILED ? 'it could not start, the line above says why' : `exit code ${code}`;
}

async function pauseUnlessAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
