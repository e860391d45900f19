/** Times and words as people read them. Pure: the clock is a parameter. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** `just now`, `5 min ago`, `14:03`, `Mon 14:03`, `3 Nov`. */
export function ago(iso: string, nowMs: number): string {
  const then = new Date(iso);
  const age = nowMs - then.getTime();
  if (age < MINUTE_MS) return 'just now';
  if (age < 60 * MINUTE_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  if (age < DAY_MS) return clockTime(then);
  if (age < 6 * DAY_MS) return `${then.toLocaleDateString(undefined, { weekday: 'short' })} ${clockTime(then)}`;
  return then.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

/** `14:03` within a day, else the whole moment: since when something has been so. */
export function sinceText(iso: string, nowMs: number): string {
  const then = new Date(iso);
  return nowMs - then.getTime() < DAY_MS ? clockTime(then) : moment(iso);
}

/** The whole moment, for titles and timelines. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** `9 s`, `3 min`, `2 h`, `5 days`: how long until a moment. */
export function untilText(iso: string, nowMs: number): string {
  const leftMs = Math.max(0, new Date(iso).getTime() - nowMs);
  if (leftMs < 2 * MINUTE_MS) return `${Math.ceil(leftMs / 1_000)} s`;
  if (leftMs < 120 * MINUTE_MS) return `${Math.round(leftMs / MINUTE_MS)} min`;
  if (leftMs < 2 * DAY_MS) return `${Math.round(leftMs / (60 * MINUTE_MS))} h`;
  return `${Math.round(leftMs / DAY_MS)} days`;
}

export function costText(costUsd: number): string {
  if (costUsd === 0) return 'no cost';
  return costUsd < 0.01 ? 'under $0.01' : `$${costUsd.toFixed(2)}`;
}

/** `1 event`, `2 events`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** An event type without its prefix: `action held`. */
export function typeText(type: string): string {
  return type.replace(/^evt\./, '').replaceAll(/[._]/g, ' ');
}

function clockTime(date: Date): string {
  return date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}
