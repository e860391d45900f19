import { ActionDeferred, DeliveryResumed, DeliveryWaiting } from '@troupe/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApprovingOwner } from '../crash/approving-owner.ts';
import { problemsIn, replyEnd } from '../crash/evidence.ts';
import { writeMails, type NumberedMail } from '../crash/mail-mix.ts';
import { sentMailOf } from '../crash/outgoing-mail.ts';
import { handOver, type DoorAnswer } from '../harness/raw-mail.ts';
import { StoryEnds, type StoryEnd } from '../harness/story-end.ts';
import { startOutageWorld, type Outside, type OutageWorld } from './outage-world.ts';

export interface OutageRunOptions {
  readonly away: readonly Outside[];
  /** How long all of it is away. */
  readonly outageMs: number;
  /** A third of them arrives before, a third while it is away, a third when it is back. */
  readonly mails: number;
  readonly mongodbUrl: string;
  /** How long stories may take to end once all is back. */
  readonly settleMs: number;
  readonly env: Record<string, string>;
  readonly say: (line: string) => void;
}

/** What was seen of a run. */
export interface OutageRun {
  readonly problems: readonly string[];
  readonly ends: readonly StoryEnd[];
  readonly sent: number;
  /** Waits that were said aloud, and those that were said to be over. */
  readonly waits: number;
  readonly resumed: number;
  /** Attempts of an effect that the outside put off. */
  readonly deferrals: number;
  /** Milliseconds from the return of what was away until every story had ended. */
  readonly recoveredMs: number;
}

const POLL_MS = 500;

/** Mails arrive before, during and after an outage, the owner approves all the while; then everything must have ended well. */
export async function runOutage(options: OutageRunOptions): Promise<OutageRun> {
  const world = await startOutageWorld(options.mongodbUrl, options.env);
  const owner = new ApprovingOwner(world.operator);
  try {
    owner.start();
    const mails = await writeMails(options.mails);
    const third = Math.ceil(mails.length / 3);
    const before = await arrive(world, mails.slice(0, third), 100);
    await Promise.all(options.away.map((outside) => world.lines[outside].cut()));
    options.say(`away: ${options.away.join(', ')}`);
    const [during] = await Promise.all([arrive(world, mails.slice(third, 2 * third), options.outageMs / third), sleep(options.outageMs)]);
    await Promise.all(options.away.map((outside) => world.lines[outside].mend()));
    options.say('all is back');
    const backAtMs = Date.now();
    const after = await arrive(world, mails.slice(2 * third), 100);
    await settle(world, mails.length, options);
    const recoveredMs = Date.now() - backAtMs;
    await owner.stop();
    return await judge(world, owner, { mails, answers: [...before, ...during, ...after], recoveredMs });
  } finally {
    await owner.stop();
    await world.stop();
  }
}

function arrive({ smtpPort }: OutageWorld, mails: readonly NumberedMail[], everyMs: number): Promise<DoorAnswer[]> {
  return Promise.all(mails.map(async (mail, index) => {
    await sleep(index * everyMs);
    return handOver(smtpPort, mail);
  }));
}

async function settle({ stream }: OutageWorld, mails: number, { settleMs, say }: OutageRunOptions): Promise<void> {
  const open: readonly StoryEnd[] = [StoryEnds.unfinished, StoryEnds.replyHeld, StoryEnds.labelHeld];
  for (const untilMs = Date.now() + settleMs; Date.now() < untilMs; await sleep(POLL_MS)) {
    await stream.catchUp();
    const { all } = stream.stories;
    const unfinished = all.filter((story) => open.includes(replyEnd(story))).length;
    say(`  ${all.length} of ${mails} stories, ${unfinished} not at their end`);
    if (all.length === mails && unfinished === 0) return;
  }
}

interface Seen {
  readonly mails: readonly NumberedMail[];
  readonly answers: readonly DoorAnswer[];
  readonly recoveredMs: number;
}

async function judge({ stream, outgoing, operator }: OutageWorld, owner: ApprovingOwner, { mails, answers, recoveredMs }: Seen): Promise<OutageRun> {
  const { stories } = stream;
  const idsOf = (isAccepted: boolean): string[] =>
    mails.filter((_, index) => (answers[index]?.kind === 'accepted') === isAccepted).map(({ messageId }) => messageId);
  const problems = problemsIn({
    accepted: idsOf(true),
    notAccepted: idsOf(false),
    stories: stories.all,
    sent: outgoing.messages.map(({ raw }) => sentMailOf(raw)),
    canTell: false,
    approved: owner.approved,
    cards: await operator.allCards(),
    deaths: [],
    notReached: [],
    brokerKills: 0,
  });
  return {
    problems,
    ends: stories.all.map(replyEnd),
    sent: outgoing.messages.length,
    waits: stories.count(DeliveryWaiting.type),
    resumed: stories.count(DeliveryResumed.type),
    deferrals: stories.count(ActionDeferred.type),
    recoveredMs,
  };
}
