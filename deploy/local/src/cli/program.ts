import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument, Command } from 'commander';
import { formatCard, formatCards, formatRebuild, formatRebuildProgress, formatStatus, formatTable, formatTimeline, formatVerdict } from './formatting.ts';
import type { ActionCard, Page, Readiness, Rebuilt, Recorded, StoryEntry, Summary } from './operator-api.ts';
import type { OperatorClient } from './operator-client.ts';
import { listOutbox } from './outbox.ts';
import { sendRawMail } from './send-mail.ts';

/** What the verbs work on. */
export interface CliContext {
  /** Made when a verb needs it: `send` and `outbox` work without a token. */
  readonly client: () => Promise<OperatorClient>;
  readonly smtpPort: number;
  readonly outboxFolder: string;
  /** The folder in which the user typed the command; npm runs us in the root. */
  readonly folder: string;
  readonly print: (text: string) => void;
}

/** The command line of a running Troupe; `--json` prints what the API answered instead of text for people. */
export function buildProgram(context: CliContext): Command {
  const program = new Command('troupe');
  program.description('Talks to the Troupe that runs on this machine.').option('--json', 'print JSON for machines');
  const show = <T>(value: T, human: (value: T) => string): void =>
    context.print(program.opts<{ json?: boolean }>().json ? JSON.stringify(value, null, 2) : human(value));
  addReadingVerbs(program, context, show);
  addDecidingVerbs(program, context, show);
  addMailVerbs(program, context, show);
  return program;
}

type Show = <T>(value: T, human: (value: T) => string) => void;

function addReadingVerbs(program: Command, { client }: CliContext, show: Show): void {
  program
    .command('status')
    .description('say whether Troupe works, and what waits')
    .action(async () => {
      const api = await client();
      const [readiness, summary] = await Promise.all([api.get<Readiness>('/readyz'), api.get<Summary>('/api/summary')]);
      show({ readiness, summary }, () => formatStatus(readiness, summary));
    });
  program
    .command('actions')
    .description('list actions, newest first')
    .option('--state <state>', 'only those in these states, for example held,flagged')
    .option('--limit <n>', 'at most this many')
    .action(async (query: { state?: string; limit?: string }) =>
      show(await (await client()).get<Page<ActionCard>>('/api/actions', query), ({ items }) => formatCards(items)),
    );
  program
    .command('show <id>')
    .description('show one action in full')
    .action(async (id: string) => show(await fetchCard(await client(), id), formatCard));
  program
    .command('timeline <story>')
    .description('list what happened in a story')
    .action(async (story: string) =>
      show(await (await client()).get<Page<StoryEntry>>(`/api/stories/${encodeURIComponent(story)}`), ({ items }) => formatTimeline(items)),
    );
}

function addDecidingVerbs(program: Command, { client, print }: CliContext, show: Show): void {
  const decide = async (id: string, decision: 'approve' | 'reject', reason?: string): Promise<void> => {
    const api = await client();
    const { digest } = await fetchCard(api, id);
    show(await api.post<ActionCard | Recorded>(`${pathOf(id)}/decision`, { decision, digest, reason }), formatVerdict);
  };
  program
    .command('approve <id>')
    .description('let an action run, exactly as it is shown now')
    .option('--reason <text>', 'why')
    .action((id: string, { reason }: { reason?: string }) => decide(id, 'approve', reason));
  program
    .command('reject <id>')
    .description('refuse an action')
    .option('--reason <text>', 'why; the agents learn from it')
    .action((id: string, { reason }: { reason?: string }) => decide(id, 'reject', reason));
  program
    .command('undo <id>')
    .description('cancel an action in its hold window, or compensate it')
    .action(async (id: string) => show(await (await client()).post<ActionCard | Recorded>(`${pathOf(id)}/undo`), formatVerdict));
  program
    .command('retry <id>')
    .description('send an action again that failed for a reason that may pass')
    .action(async (id: string) => show(await (await client()).post<ActionCard | Recorded>(`${pathOf(id)}/retry`), formatVerdict));
  program
    .command('outcome <id>')
    .description('say how an action of unknown outcome ended, after a look into the outside system')
    .addArgument(new Argument('<what>', 'what you saw there').choices(['happened', 'not']))
    .option('--note <text>', 'where you looked, and what you saw')
    .action(async (id: string, what: string, { note }: { note?: string }) =>
      show(await (await client()).post<ActionCard | Recorded>(`${pathOf(id)}/outcome`, { happened: what === 'happened', note }), formatVerdict),
    );
  program
    .command('rebuild')
    .description('rebuild the stores of inbox, memory and policy from the stream')
    .action(async () => {
      const sayProgress = (rebuilt: Rebuilt): void => {
        if (!program.opts<{ json?: boolean }>().json) print(formatRebuildProgress(rebuilt));
      };
      show(await rebuild(await client(), sayProgress), formatRebuild);
    });
}

/** Until it has ended; `onProgress` hears of it meanwhile. */
async function rebuild(client: OperatorClient, onProgress: (rebuilt: Rebuilt) => void): Promise<Rebuilt> {
  let rebuilt = await client.post<Rebuilt>('/api/rebuild');
  while (rebuilt.stores.some(({ done }) => !done)) {
    onProgress(rebuilt);
    rebuilt = await client.get<Rebuilt>('/api/rebuild');
  }
  return rebuilt;
}

function addMailVerbs(program: Command, { smtpPort, outboxFolder, folder }: CliContext, show: Show): void {
  program
    .command('send <file>')
    .description('deliver an .eml file over SMTP, as a customer would')
    .action(async (file: string) => {
      const envelope = await sendRawMail(await readMail(resolve(folder, file)), smtpPort);
      show(envelope, ({ from, to }) => `Delivered ${file} from ${from || 'nobody'} to ${to.join(', ')}.`);
    });
  program
    .command('outbox')
    .description('list the mails that the sandbox kept instead of sending')
    .action(async () =>
      show(await listOutbox(outboxFolder), (messages) =>
        messages.length === 0
          ? `Nothing in ${outboxFolder}.`
          : formatTable(['WRITTEN', 'TO', 'SUBJECT', 'FILE'], messages.map((mail) => [mail.writtenAt, mail.to, mail.subject, mail.file])),
      ),
    );
}

function fetchCard(client: OperatorClient, id: string): Promise<ActionCard> {
  return client.get<ActionCard>(pathOf(id));
}

function pathOf(id: string): string {
  return `/api/actions/${encodeURIComponent(id)}`;
}

async function readMail(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Error(`${file} cannot be read: give the path of an .eml file.`, { cause });
  }
}
