import { parseArgs } from 'node:util';
import { exitOnSignal } from '../harness/exit-on-signal.ts';
import { takeMails } from './corpus.ts';
import { judgeRealMail } from './real-mail-report.ts';
import { runRealMail } from './real-mail-run.ts';
import { startSoloProcess } from './solo-process.ts';

const { values } = parseArgs({ options: { mails: { type: 'string', default: '500' } } });
exitOnSignal();
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const mails = await takeMails(Number(values.mails));
say(`${mails.length} mails of SpamAssassin's public corpus, over SMTP, all services in one process`);
const startMs = Date.now();
const solo = await startSoloProcess();
try {
  const run = await runRealMail(solo, mails, (now) => say(`  ${now.mails} handed over, ${now.stories} stories, ${now.unfinished} unfinished`));
  const { lines, problems } = judgeRealMail(run, solo.stream.stories);
  lines.forEach(say);
  problems.forEach((problem) => say(`PROBLEM: ${problem}`));
  say(`${problems.length === 0 ? 'passed' : `${problems.length} problems`} after ${Math.round((Date.now() - startMs) / 1_000)} s`);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await solo.stop();
}
