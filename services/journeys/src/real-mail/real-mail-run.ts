import { setTimeout as sleep } from 'node:timers/promises';
import { handOver, type DoorAnswer } from '../harness/raw-mail.ts';
import { endOf, StoryEnds } from '../harness/story-end.ts';
import { asHandedOver } from './as-handed-over.ts';
import type { CorpusMail } from './corpus.ts';
import { residentMb } from './resident-memory.ts';
import type { SoloProcess } from './solo-process.ts';

/** A mail of the corpus and what the door said to it. */
export interface HandedOver {
  readonly mail: CorpusMail;
  readonly answer: DoorAnswer;
}

export interface MemorySample {
  readonly afterMails: number;
  readonly rssMb: number;
}

export interface RealMailRun {
  readonly handedOver: readonly HandedOver[];
  /** The first mails again, as a list or an impatient server sends them twice. */
  readonly repeated: readonly HandedOver[];
  readonly memory: readonly MemorySample[];
}

export interface Progress {
  readonly mails: number;
  readonly stories: number;
  readonly unfinished: number;
}

const BATCH = 100;
const AT_ONCE = 4;
const BATCH_TIMEOUT_MS = 180_000;
/** Before memory is measured: garbage is collected when there is nothing else to do. */
const PAUSE_MS = 3_000;
const POLL_MS = 500;
const REPEATS = 20;

/** Sends the mails in, a hundred at a time, and measures memory when the stories of each hundred have ended. */
export async function runRealMail(solo: SoloProcess, mails: readonly CorpusMail[], progress: (now: Progress) => void): Promise<RealMailRun> {
  const memory: MemorySample[] = [{ afterMails: 0, rssMb: await residentMb(solo.pid) }];
  const handedOver: HandedOver[] = [];
  for (let from = 0; from < mails.length; from += BATCH) {
    const batch = mails.slice(from, from + BATCH);
    const watching = new AbortController();
    const watched = report(solo, handedOver, watching.signal, progress);
    await sendBatch(solo, batch, handedOver);
    await untilEnded(solo, accepted(handedOver));
    watching.abort();
    await watched;
    await sleep(PAUSE_MS);
    memory.push({ afterMails: handedOver.length, rssMb: await residentMb(solo.pid) });
  }
  const repeated: HandedOver[] = [];
  await sendBatch(solo, mails.slice(0, REPEATS), repeated);
  await solo.stream.catchUp();
  return { handedOver, repeated, memory };
}

async function sendBatch({ smtpPort }: SoloProcess, batch: readonly CorpusMail[], handedOver: HandedOver[]): Promise<void> {
  const waiting = [...batch];
  const work = async (): Promise<void> => {
    for (let mail = waiting.shift(); mail; mail = waiting.shift()) {
      handedOver.push({ mail, answer: await handOver(smtpPort, asHandedOver(mail)) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** How many different mails were accepted; a repeat is told its event is known. */
function accepted(handedOver: readonly HandedOver[]): number {
  return new Set(handedOver.flatMap(({ answer }) => eventIdIn(answer) ?? [])).size;
}

/** The event that the door named when it accepted the mail. */
export function eventIdIn({ kind, response }: DoorAnswer): string | undefined {
  return kind === 'accepted' ? /\bas (evt_\S+)/.exec(response)?.[1] : undefined;
}

/** Whether the door said that it knew the mail already. */
export function isRepeat({ answer }: HandedOver): boolean {
  return answer.kind === 'accepted' && answer.response.includes('known already');
}

async function untilEnded({ stream }: SoloProcess, wanted: number): Promise<void> {
  const untilMs = Date.now() + BATCH_TIMEOUT_MS;
  while (Date.now() < untilMs) {
    await stream.catchUp();
    if (stream.stories.all.length >= wanted && unfinishedIn(stream.stories) === 0) return;
    await sleep(POLL_MS);
  }
}

async function report({ stream: { stories } }: SoloProcess, handedOver: readonly HandedOver[], signal: AbortSignal, progress: (now: Progress) => void): Promise<void> {
  while (!signal.aborted) {
    progress({ mails: handedOver.length, stories: stories.all.length, unfinished: unfinishedIn(stories) });
    await sleep(5_000, undefined, { signal }).catch(() => undefined);
  }
}

export function unfinishedIn(stories: SoloProcess['stream']['stories']): number {
  return stories.all.filter((story) => endOf(story, { expectAnswers: false }) === StoryEnds.unfinished).length;
}
