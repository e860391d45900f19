import { START_FAILED, supervise } from './supervise.ts';
import type { ChildEnd, SupervisedChild } from './supervise.ts';

/** How a child will end, whether it was ready before, and how long it ran. */
interface Fate {
  readonly end: Partial<ChildEnd> | 'when stopped';
  readonly ready?: boolean;
  readonly ranMs?: number;
}

const KILLED: Fate = { end: { signal: 'SIGKILL' }, ready: true };
const STOPPED: Fate = { end: 'when stopped', ready: true };

/** Runs children to their fates, one after the other; `stopDuring` says in which start or pause, counted from 0, the end comes. */
async function run(fates: readonly Fate[], stopDuring?: { start?: number; pause?: number }) {
  const pauses: number[] = [];
  const lines: string[] = [];
  let nowMs = 0;
  let started = 0;
  let stops = 0;
  let sayEnd = (): void => {};
  const end = new Promise<void>((resolve) => (sayEnd = resolve));
  const start = (): SupervisedChild => {
    const fate = fates[started];
    if (fate === undefined) throw new Error('It was started once too often.');
    started += 1;
    nowMs += fate.ranMs ?? 100;
    let stopped = (): void => {};
    const whenStopped = new Promise<ChildEnd>((resolve) => (stopped = () => resolve({ code: 0, signal: null })));
    if (stopDuring?.start === started - 1) sayEnd();
    const ended = fate.end === 'when stopped' ? whenStopped : Promise.resolve({ code: null, signal: null, ...fate.end });
    return { pid: 100 + started, isReady: () => fate.ready ?? false, stop: () => (stops++, stopped()), ended };
  };
  const pause = async (milliseconds: number): Promise<void> => {
    if (stopDuring?.pause === pauses.length) sayEnd();
    pauses.push(milliseconds);
  };
  const code = await supervise({ start, end, log: (line) => void lines.push(line), pause, nowMs: () => nowMs });
  return { code, started, stops, pauses, lines };
}

describe('supervise', () => {
  it('starts again what died, after longer and longer pauses, with a line each time', async () => {
    const { code, pauses, lines } = await run([...Array<Fate>(7).fill(KILLED), STOPPED], { start: 7 });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('Troupe (process 101) died: ended by SIGKILL. Starting it again in 1 s; nothing that was accepted is lost.');
    expect(code).toBe(0);
  });

  it.each<[string, Fate]>([
    ['an exception', { end: { code: 1 }, ready: true }],
    ['an abort inside V8', { end: { signal: 'SIGTRAP' }, ready: true }],
    ['an exception before it was ready', { end: { code: 1 } }],
    ['a signal before it was ready', { end: { signal: 'SIGSEGV' } }],
  ])('starts it again after %s', async (_what, fate) => {
    expect(await run([fate, STOPPED], { start: 1 })).toMatchObject({ started: 2, pauses: [1_000] });
  });

  it('begins with the shortest pause again after a good run', async () => {
    const { pauses } = await run([KILLED, KILLED, { ...KILLED, ranMs: 60_000 }, KILLED, STOPPED], { start: 4 });
    expect(pauses).toEqual([1_000, 2_000, 1_000, 2_000]);
  });

  it('does not start again what stopped by itself, or what could not start', async () => {
    expect(await run([{ end: { code: 0 }, ready: true }])).toMatchObject({ code: 0, started: 1, lines: [] });
    expect(await run([{ end: { code: START_FAILED } }])).toMatchObject({ code: 1, started: 1, lines: [] });
  });

  it('tries again what ran before and cannot start now: a port may be free in a moment', async () => {
    const { started, lines } = await run([KILLED, { end: { code: START_FAILED } }, STOPPED], { start: 2 });
    expect(started).toBe(3);
    expect(lines[1]).toContain('it could not start, the line above says why. Starting it again in 2 s');
  });

  it('passes the end on to the child, and starts nothing after it', async () => {
    expect(await run([STOPPED], { start: 0 })).toMatchObject({ code: 0, started: 1, stops: 1, lines: [] });
    expect(await run([{ end: { signal: 'SIGKILL' }, ready: true }, STOPPED], { pause: 0 })).toMatchObject({ code: 0, started: 1 });
  });
});
