import { setTimeout as sleep } from 'node:timers/promises';
import { handOver, type DoorAnswer } from '../harness/raw-mail.ts';
import { StoryEnds } from '../harness/story-end.ts';
import { ApprovingOwner, type OwnersAnswer } from './approving-owner.ts';
import { startCrashWorld, type CrashWorld } from './crash-world.ts';
import { problemsIn, replyEnd, type Evidence } from './evidence.ts';
import { writeMails, type NumberedMail } from './mail-mix.ts';
import type { OutgoingKind } from './outgoing-mail.ts';
import { watchRecovery, type Recovery } from './recovery.ts';
import { strikeAll } from './strike.ts';
import { planStrikes, type StrikePlan } from './strike-plan.ts';

export interface CrashRunOptions extends Omit<StrikePlan, 'services'> {
  readonly mails: number;
  readonly outgoing: OutgoingKind;
  /** How long stories may take to end once the last mail is in and the last strike done. */
  readonly settleMs: number;
  readonly say: (line: string) => void;
}

export interface CrashRun {
  readonly evidence: Evidence;
  readonly problems: readonly string[];
  readonly answers: readonly DoorAnswer[];
  /** What the operator API said to approvals. */
  readonly decisions: readonly OwnersAnswer[];
  /** Undefined when what had been waiting did not end. */
  readonly recovery: Recovery | undefined;
  readonly tookMs: number;
}

const POLL_MS = 1_000;
/** This many looks without a new event count as quiet. */
const QUIET_LOOKS = 3;

/**
 * Sends mails in while everything is killed around them, waits until all is quiet, and collects the evidence. Data and
 * logs stay on disk when something is wrong. Leaves no process.
 */
export async function runCrashTest(options: CrashRunOptions): Promise<CrashRun> {
  const startMs = Date.now();
  const world = await startCrashWorld(options.outgoing);
  const owner = new ApprovingOwner(world.operator);
  let problems = ['The run broke off.'];
  try {
    owner.start();
    const mails = await writeMails(options.mails);
    const strikes = planStrikes({ ...options, services: world.services.map(({ name }) => name) });
    const [answers] = await Promise.all([sendAll(world, mails, options), strikeAll(world, strikes)]);
    options.say(`all strikes are done and ${answers.length} mails handed over; waiting for the stories to end`);
    const recovery = await watchRecovery(world, options);
    await settle(world, mails.length, options);
    await owner.stop();
    const evidence = await collect(world, { mails, answers, owner, brokerKills: options.brokerKills });
    problems = problemsIn(evidence);
    return { evidence, problems, answers, decisions: owner.answers, recovery, tookMs: Date.now() - startMs };
  } finally {
    await owner.stop();
    await world.stop({ keepHome: problems.length > 0 });
    if (problems.length > 0) options.say(`data and logs of this run are in ${world.home}`);
  }
}

/** Spread over the time of the strikes, so that each of them hits stories half-way. */
function sendAll({ smtpPort }: CrashWorld, mails: readonly NumberedMail[], { overMs }: CrashRunOptions): Promise<DoorAnswer[]> {
  const everyMs = overMs / mails.length;
  return Promise.all(mails.map(async (mail, index) => {
    await sleep(index * everyMs);
    return handOver(smtpPort, mail);
  }));
}

async function settle({ stream }: CrashWorld, mails: number, { settleMs, say }: CrashRunOptions): Promise<void> {
  const untilMs = Date.now() + settleMs;
  let quietLooks = 0;
  for (let look = 0; Date.now() < untilMs && quietLooks < QUIET_LOOKS; look += 1) {
    await sleep(POLL_MS);
    const news = await stream.catchUp().catch(() => -1);
    const unfinished = stream.stories.all.filter((story) => replyEnd(story) === StoryEnds.unfinished).length;
    const waiting = stream.stories.all.filter((story) => replyEnd(story) === StoryEnds.replyHeld || replyEnd(story) === StoryEnds.labelHeld).length;
    quietLooks = news === 0 && unfinished === 0 && waiting === 0 ? quietLooks + 1 : 0;
    if (look % 10 === 0) say(`  ${stream.stories.all.length} of ${mails} stories, ${unfinished} unfinished, ${waiting} waiting for the owner, ${stream.stories.events} events`);
  }
}

interface Seen {
  readonly mails: readonly NumberedMail[];
  readonly answers: readonly DoorAnswer[];
  readonly owner: ApprovingOwner;
  readonly brokerKills: number;
}

async function collect(world: CrashWorld, { mails, answers, owner, brokerKills }: Seen): Promise<Evidence> {
  const idsOf = (wanted: (answer: DoorAnswer | undefined) => boolean): string[] =>
    mails.filter((_, index) => wanted(answers[index])).map(({ messageId }) => messageId);
  return {
    accepted: idsOf((answer) => answer?.kind === 'accepted'),
    notAccepted: idsOf((answer) => answer?.kind !== 'accepted'),
    stories: world.stream.stories.all,
    sent: await world.outgoing.sent(),
    canTell: world.outgoing.canTell,
    approved: owner.approved,
    cards: await world.operator.allCards(),
    deaths: world.services.flatMap(({ deaths }) => deaths),
    notReached: world.services.flatMap(({ armed }) => armed),
    brokerKills,
  };
}
