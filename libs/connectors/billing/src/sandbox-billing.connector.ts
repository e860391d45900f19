import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stableId, type Attempt, type Connector, type Effect, type Finding } from '@troupe/contracts';
import { stripeCommands } from './stripe-commands.ts';

/** One line of the ledger. */
interface LedgerEntry {
  readonly at: string;
  readonly key: string;
  readonly reference: string;
  readonly type: string;
  readonly args: unknown;
}

/**
 * Billing without an account: a ledger of JSON lines one can read. No customer hears of it, no money moves. Like the
 * real one, it gives a key that it knows the first answer. The file is read anew each time, because after
 * a crash another process may have written to it.
 */
export class SandboxBilling implements Connector {
  readonly name = 'billing';
  readonly mode = 'sandbox';
  readonly handles = [...stripeCommands.keys()];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: { readonly file: string }) {}

  keyOf({ authorizationId }: Attempt): string {
    return authorizationId;
  }

  /** One after the other, so that looking up and writing down a key are one step. */
  execute(attempt: Attempt): Promise<Effect> {
    const mine = this.#turn.then(() => this.enter(attempt)).catch((error: unknown) => unwritable(this.options.file, error));
    this.#turn = mine;
    return mine;
  }

  repeat(attempt: Attempt): Promise<Effect> {
    return this.execute(attempt);
  }

  async findOutcome(attempt: Attempt): Promise<Finding> {
    const entry = entriesOf(await this.read()).find(({ key }) => key === this.keyOf(attempt));
    return entry ? entered(entry) : { kind: 'not_executed' };
  }

  private async enter(attempt: Attempt): Promise<Effect> {
    const text = await this.read();
    const known = entriesOf(text).find(({ key }) => key === this.keyOf(attempt));
    if (known) return entered(known);
    const entry = entryFor(attempt, this.keyOf(attempt));
    await mkdir(dirname(this.options.file), { recursive: true });
    const afterTornLine = text === '' || text.endsWith('\n') ? '' : '\n';
    await appendFile(this.options.file, `${afterTornLine}${JSON.stringify(entry)}\n`, { flush: true });
    return entered(entry);
  }

  private async read(): Promise<string> {
    return readFile(this.options.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
  }
}

/** Skips a line that a crash tore: its effect was never reported. */
function entriesOf(text: string): LedgerEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LedgerEntry];
    } catch {
      return [];
    }
  });
}

function entryFor({ startedAtMs, action }: Attempt, key: string): LedgerEntry {
  const at = new Date(startedAtMs).toISOString();
  return { at, key, reference: stableId('sandbox', key), type: action.type, args: action.args };
}

function entered({ reference, type }: LedgerEntry): Effect {
  const summary = `Sandbox: ${type} was noted in billing-sandbox.jsonl; no customer was told and no money moved.`;
  return { kind: 'executed', providerReference: reference, summary };
}

function unwritable(file: string, error: unknown): Effect {
  const message = `The billing sandbox could not be read or written: ${String(error)}`.slice(0, 1_000);
  const hint = `Make ${file} writable and leave some space on its disk.`;
  return { kind: 'refused', failure: { code: 'sandbox_unwritable', retryable: true, message, hint } };
}
