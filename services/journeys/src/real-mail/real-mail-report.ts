import { endOf, StoryEnds } from '../harness/story-end.ts';
import type { MailStory, Stories } from '../harness/stories.ts';
import { eventIdIn, isRepeat, type HandedOver, type MemorySample, type RealMailRun } from './real-mail-run.ts';

/** From here on the caches, models and pools that a running system needs are filled. */
const WARM_AFTER_MAILS = 200;
/**
 * How much more memory the last mail may find in use than the 200th. A leak of one mail's text each would show as far
 * more than this over a few thousand mails; over 500 the bound catches what holds on to raw mails or whole stories.
 */
const MAX_GROWTH_PERCENT = 30;

export interface RealMailVerdict {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
}

/** The counts as lines to print, and what must not be. */
export function judgeRealMail({ handedOver, repeated, memory }: RealMailRun, stories: Stories): RealMailVerdict {
  const byEvent = new Map(stories.all.map((story) => [story.id, story]));
  const ends = handedOver.map((each) => ({ group: each.mail.group, end: endingOf(each, byEvent) }));
  const problems = [...lost(handedOver, byEvent), ...forgotten(repeated), ...growth(memory)];
  return {
    lines: [
      ...matrix('how mails ended, by kind of mail', ends.map(({ group, end }) => [end, group])),
      ...matrix('how triage read them, by kind of mail', handedOver.flatMap((each) => triaged(each, byEvent))),
      ...deadLetters(stories),
      `the same mail twice in the corpus, recognised: ${handedOver.filter(isRepeat).length}`,
      `sent a second time by us: ${repeated.length}, recognised: ${repeated.filter(isRepeat).length}`,
      `stories: ${stories.all.length}, events: ${stories.events}`,
      ...memory.map(({ afterMails, rssMb }) => `memory in use after ${String(afterMails).padStart(5)} mails: ${rssMb} MB`),
    ],
    problems,
  };
}

function endingOf({ answer }: HandedOver, stories: ReadonlyMap<string, MailStory>): string {
  if (answer.kind === 'refused') return `refused at the door: ${answer.response.replace(/^.*?(\d{3}).*$/s, '$1')}`;
  const story = stories.get(eventIdIn(answer) ?? '');
  return story ? endOf(story, { expectAnswers: false }) : 'lost';
}

function triaged({ mail, answer }: HandedOver, stories: ReadonlyMap<string, MailStory>): [string, string][] {
  const story = stories.get(eventIdIn(answer) ?? '');
  return story ? [[story.category ?? '(asked the owner)', mail.group]] : [];
}

function lost(handedOver: readonly HandedOver[], stories: ReadonlyMap<string, MailStory>): string[] {
  return handedOver.flatMap((each) => {
    const end = endingOf(each, stories);
    const name = `${each.mail.group}/${each.mail.id}`;
    if (end === 'lost') return [`${name} was lost: ${each.answer.kind}, ${each.answer.response}`];
    return end === StoryEnds.unfinished ? [`${name} has not ended.`] : [];
  });
}

function forgotten(repeated: readonly HandedOver[]): string[] {
  return repeated.filter((each) => each.answer.kind === 'accepted' && !isRepeat(each)).map(({ mail }) => `${mail.group}/${mail.id} was taken for a new mail the second time.`);
}

function deadLetters({ all }: Stories): string[] {
  return all.flatMap((story) => story.deadLetters.map((why) => `  dead letter of ${story.messageId}: ${why}`));
}

function growth(memory: readonly MemorySample[]): string[] {
  const warm = memory.find(({ afterMails }) => afterMails >= WARM_AFTER_MAILS);
  const last = memory.at(-1);
  if (!warm || !last || last.rssMb <= warm.rssMb * (1 + MAX_GROWTH_PERCENT / 100)) return [];
  return [`Memory grew from ${warm.rssMb} MB after ${warm.afterMails} mails to ${last.rssMb} MB after ${last.afterMails}: more than ${MAX_GROWTH_PERCENT}%.`];
}

function matrix(title: string, cells: readonly (readonly [row: string, column: string])[]): string[] {
  const columns = [...new Set(cells.map(([, column]) => column))].sort();
  const rows = [...new Set(cells.map(([row]) => row))].sort();
  const count = (row: string, column?: string): number => cells.filter((cell) => cell[0] === row && (column === undefined || cell[1] === column)).length;
  const line = (label: string, values: readonly (string | number)[]): string => `  ${label.padEnd(44)}${values.map((value) => String(value).padStart(12)).join('')}`;
  return [
    `${title}:`,
    line('', [...columns, 'all']),
    ...rows.map((row) => line(row, [...columns.map((column) => count(row, column)), count(row)])),
  ];
}
