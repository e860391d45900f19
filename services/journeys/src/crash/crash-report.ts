import { replyEnd } from './evidence.ts';
import type { CrashRun } from './crash-run.ts';

/** The counts of a run, as lines to print. */
export function reportLines({ evidence, problems, answers, decisions, recovery, tookMs }: CrashRun): string[] {
  const { stories, sent, deaths, approved, brokerKills } = evidence;
  const actions = stories.flatMap((story) => [...story.actions.values()]);
  const tries = answers.map((answer) => answer.tries);
  return [
    ...section('what was done to it', [
      ['services killed at random or to be armed', count(deaths, ({ kind }) => kind === 'killed')],
      ...table(deaths.flatMap((death) => (death.kind === 'crash_point' ? [`died at ${death.point.split(':')[0]}`] : []))),
      ['starts that failed (the broker was away)', count(deaths, ({ kind }) => kind === 'cannot_start')],
      ['nats-server killed and restarted', brokerKills],
    ]),
    ...section('mails', [
      ['accepted (250)', evidence.accepted.length],
      ['of these, sent more than once by their sender', count(tries, (each) => each > 1)],
      ['stories', stories.length],
    ]),
    ...section('stories by their end', table(stories.map(replyEnd))),
    ...section('actions by type and state', table(actions.map(({ type, state }) => `${type} ${state}`))),
    ...section('replies', [
      ['cards whose approval the API took', approved.size],
      ...table(decisions.map(({ status }) => `approvals answered with ${status === 0 ? 'nothing' : status}`)),
      ['median answer to an approval that counted, in ms', answerMs(decisions, 0.5)],
      ['95 of 100 such answers within, in ms', answerMs(decisions, 0.95)],
      ['mails that left', sent.length],
      ['different Message-IDs among them', new Set(sent.map(({ messageId }) => messageId)).size],
    ]),
    recoveryLine(recovery),
    ...problems.map((problem) => `PROBLEM: ${problem}`),
    `${problems.length === 0 ? 'passed' : `${problems.length} problems`} after ${Math.round(tookMs / 1_000)} s`,
  ];
}

function answerMs(decisions: CrashRun['decisions'], share: number): number {
  const sorted = decisions.filter(({ status }) => status === 200).map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function recoveryLine(recovery: CrashRun['recovery']): string {
  if (!recovery) return 'recovery: what was waiting when the last process was up again did not end';
  const { waiting, seconds } = recovery;
  return `recovery: ${seconds.toFixed(1)} s from when the last process was up again until all ${waiting} stories that were waiting then had ended (aim 5 s)`;
}

type Row = readonly [label: string, amount: number];

function section(title: string, rows: readonly Row[]): string[] {
  return [`${title}:`, ...rows.map(([label, amount]) => `  ${label.padEnd(50)} ${String(amount).padStart(6)}`)];
}

function table(labels: readonly string[]): Row[] {
  return [...new Set(labels)].sort().map((label) => [label, count(labels, (each) => each === label)]);
}

function count<Item>(items: readonly Item[], wanted: (item: Item) => boolean): number {
  return items.filter(wanted).length;
}
