import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmailLabel, sha256, type Attempt, type Connector, type Effect, type Finding } from '@troupe/contracts';
import { notWritten, replaceFile, whenMissing } from './durable-file.ts';

/** One file of the store: the labels of one mail and the actions that made them so. */
interface LabelRecord {
  readonly messageId: string;
  readonly labels: readonly string[];
  readonly appliedActionIds: readonly string[];
}

/**
 * Labels, kept in a store of Troupe's own, one readable file per mail, because mail comes in over SMTP and there is no
 * mailbox to label. Hence always `sandbox`, and the summary says so. A repeat changes nothing: an action is applied once.
 */
export class LabelStore implements Connector {
  readonly name = 'email-labels';
  readonly mode = 'sandbox';
  readonly handles = [EmailLabel.type];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: { readonly folder: string }) {}

  keyOf(attempt: Attempt): string {
    return attempt.actionId;
  }

  /** One after the other: two actions on the same mail must not overwrite each other. */
  execute(attempt: Attempt): Promise<Effect> {
    const mine = this.#turn.then(() => this.apply(attempt));
    this.#turn = mine;
    return mine;
  }

  repeat(attempt: Attempt): Promise<Effect> {
    return this.execute(attempt);
  }

  async findOutcome(attempt: Attempt): Promise<Finding> {
    const record = await this.read(attempt);
    return record.appliedActionIds.includes(attempt.actionId) ? labelled(record) : { kind: 'not_executed' };
  }

  private async apply(attempt: Attempt): Promise<Effect> {
    try {
      const record = await this.read(attempt);
      if (record.appliedActionIds.includes(attempt.actionId)) return labelled(record);
      const next = relabelled(record, attempt);
      await replaceFile(this.pathOf(record.messageId), `${JSON.stringify(next, null, 2)}\n`);
      return labelled(next);
    } catch (error) {
      return notWritten(this.options.folder, error);
    }
  }

  private async read(attempt: Attempt): Promise<LabelRecord> {
    const { messageId } = EmailLabel.args.parse(attempt.action.args);
    const text = await readFile(this.pathOf(messageId), 'utf8').catch(whenMissing(undefined));
    return text === undefined ? { messageId, labels: [], appliedActionIds: [] } : (JSON.parse(text) as LabelRecord);
  }

  private pathOf(messageId: string): string {
    return join(this.options.folder, `${sha256(messageId).slice('sha256:'.length)}.json`);
  }
}

function relabelled(record: LabelRecord, { action, actionId }: Attempt): LabelRecord {
  const { add, remove } = EmailLabel.args.parse(action.args);
  const labels = new Set([...record.labels, ...add]);
  for (const label of remove) labels.delete(label);
  return { ...record, labels: [...labels].sort(), appliedActionIds: [...record.appliedActionIds, actionId] };
}

function labelled({ messageId, labels }: LabelRecord): Effect {
  const list = labels.length > 0 ? labels.join(', ') : 'none';
  return {
    kind: 'executed',
    providerReference: messageId,
    summary: `Labels in Troupe's own store, there is no mailbox to label: ${list}.`.slice(0, 1_000),
  };
}
