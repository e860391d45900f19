import { parseArgs } from 'node:util';
import { exitOnSignal } from '../harness/exit-on-signal.ts';
import { runOutage } from './outage-run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    mails: { type: 'string', default: '90' },
  },
});
exitOnSignal();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const mongodbUrl = process.env['MONGODB_URL'];
if (!mongodbUrl) throw new Error('Set MONGODB_URL to a server on this machine that speaks the MongoDB wire protocol.');

const run = await runOutage({
  ...{ away: ['memory', 'model', 'outgoing'], outageMs: Number(values.minutes) * 60_000, mails: Number(values.mails), settleMs: 900_000 },
  ...{ mongodbUrl, env: {}, say },
});
say(`${run.ends.length} stories; mails that left: ${run.sent}; waits said aloud: ${run.waits}, over: ${run.resumed}; attempts put off: ${run.deferrals}`);
for (const end of new Set(run.ends)) say(`  ${end}: ${run.ends.filter((each) => each === end).length}`);
for (const problem of run.problems) say(`PROBLEM: ${problem}`);
say(`all had ended ${(run.recoveredMs / 1_000).toFixed(1)} s after everything was back`);
if (run.problems.length > 0) process.exitCode = 1;
