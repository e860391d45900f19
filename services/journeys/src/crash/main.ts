import { parseArgs } from 'node:util';
import { exitOnSignal } from '../harness/exit-on-signal.ts';
import { reportLines } from './crash-report.ts';
import { runCrashTest, type CrashRunOptions } from './crash-run.ts';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    outgoing: { type: 'string', default: 'both' },
  },
});
exitOnSignal();
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Live SMTP cannot tell what became of a mail, the sandbox outbox can: each has its own rule, so both are run. */
const base = { seed: Number(values.seed), rounds: 2, kills: 12, brokerKills: 4, settleMs: 150_000, say } as const;
const runs: CrashRunOptions[] = [
  { ...base, outgoing: 'smtp', mails: Number(values.mails), overMs: 100_000 },
  { ...base, outgoing: 'outbox', mails: Math.ceil(Number(values.mails) / 5), overMs: 30_000, rounds: 1, kills: 3, brokerKills: 1 },
];

for (const run of runs.filter(({ outgoing }) => values.outgoing === 'both' || values.outgoing === outgoing)) {
  say(`\n== ${run.mails} mails, outgoing mail to ${run.outgoing}, seed ${run.seed}`);
  const result = await runCrashTest(run);
  reportLines(result).forEach(say);
  if (result.problems.length > 0) process.exitCode = 1;
}
