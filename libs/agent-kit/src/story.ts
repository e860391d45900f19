import {
  ActionProposed, actionDigest, actionProblems, OwnerAsk,
  type ActionContract, type ArgsOf, type DataOf, type Envelope, type Episode, type EpisodeFilter, type EventContract, type EventOf, type Evidence, type Origin,
  type RequestOf, type CompleteTask, type TaskOutcome,
} from '@troupe/contracts';
import { inheritedOrigin, isEvent, RetryableError, TerminalError, type EmitOptions, type HandlerContext } from '@troupe/messaging';
import { z } from 'zod';
import type { AgentCard } from './agent.ts';
import type { Task, TaskResult } from './task.ts';

/** What a story needs from the outside; two implementations: the broker's and the test harness's. */
export interface StoryPorts {
  readonly ownerEmail: string;
  /** The newest `limit` episodes that match, however many replies that takes. */
  readonly recall: (filter: EpisodeFilter) => Promise<readonly Episode[]>;
  readonly complete: (request: RequestOf<typeof CompleteTask>) => Promise<TaskOutcome>;
}

/** An action as an agent proposes it: what to do, why, and what that rests on. The rest of the event is filled in for it. */
export interface Proposal<Action extends ActionContract> {
  readonly args: ArgsOf<Action>;
  /** One line for the owner: why. */
  readonly rationale: string;
  readonly evidence: readonly Evidence[];
  /** The answer the proposal rests on, if a model took part. */
  readonly basis?: Extract<TaskResult<unknown>, { kind: 'answered' }>;
  readonly subject?: string;
}

type WantedAction = DataOf<typeof ActionProposed>['action'];

/** One event of a story in an agent's hands, and all an agent can do about it. */
export class Story {
  readonly event: Envelope;
  readonly correlationId: string;
  /** The stream sequence this run reads memory at; every output names it. */
  readonly snapshot: number;
  /** The address of the owner and their company: what leaves is from it. Spelled as it was configured. */
  readonly ownerEmail: string;
  readonly #agent: AgentCard;
  readonly #ctx: HandlerContext;
  readonly #ports: StoryPorts;
  /** The worst origin of all that this run was given (I5): the event, what was recalled, and so the answers over it. */
  #origin: Origin;

  constructor(agent: AgentCard, ctx: HandlerContext, ports: StoryPorts) {
    this.event = ctx.event;
    this.correlationId = ctx.event.correlationid;
    this.snapshot = ctx.sequence;
    this.ownerEmail = ports.ownerEmail;
    this.#agent = agent;
    this.#ctx = ctx;
    this.#ports = ports;
    this.#origin = ctx.event.origin;
  }

  /** Puts an event on the stream once the handler has returned. Only declared ones. */
  emit<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, options: EmitOptions = {}): string {
    return this.#ctx.emit(contract, data, { ...options, origin: inheritedOrigin(this.#origin, options.origin) });
  }

  /** What memory held when this event was stored; newest first, at most `limit` (50). Taints what follows with what it finds. */
  async recall(filter: Partial<Omit<EpisodeFilter, 'asOf'>>): Promise<readonly Episode[]> {
    const episodes = await this.#ports.recall({ limit: 50, ...filter, asOf: this.snapshot });
    for (const { event } of episodes) this.#origin = inheritedOrigin(this.#origin, event.origin);
    return episodes;
  }

  /** The same for the events of one type, as its contract has them. */
  async recallEvents<Contract extends EventContract>(contract: Contract, filter: Partial<Omit<EpisodeFilter, 'asOf' | 'types'>>): Promise<EventOf<Contract>[]> {
    const episodes = await this.recall({ ...filter, types: [contract.type] });
    return episodes.map(({ event }) => event).filter((event) => isEvent(contract, event));
  }

  /**
   * Asks the engine. Asked again on a redelivery it gives the recorded answer. `declined` also when the engine failed for
   * good; throws RetryableError when it is only away.
   */
  async ask<Schema extends z.ZodType>(task: Task<Schema>, input: unknown): Promise<TaskResult<z.infer<Schema>>> {
    const outcome = await this.#ports.complete(this.#request(task, input));
    switch (outcome.kind) {
      case 'answered':
        return { ...outcome, answer: readAnswer(task, outcome.answer), promptVersion: `${task.name}@${task.version}` };
      case 'declined':
        return { kind: 'declined', reason: outcome.reason };
      case 'failed':
        if (outcome.failure.retryable) throw new RetryableError(outcome.failure.message, { ...outcome.failure, delayMs: 5_000 });
        return { kind: 'declined', reason: outcome.failure.message };
    }
  }

  /** Proposes an action of the catalogue; policy and owner decide. Returns the action's id. */
  propose<Action extends ActionContract>(action: Action, proposal: Proposal<Action>): string {
    this.#refuseUndeclared(action.type);
    const wanted = soundAction(action, proposal.args);
    const actionId = this.#ctx.nextId('act');
    this.emit(
      ActionProposed,
      {
        actionId,
        digest: actionDigest(wanted),
        action: wanted,
        rationale: proposal.rationale.slice(0, 1_000),
        evidence: [...proposal.evidence],
        ...(proposal.basis ? { model: proposal.basis.model, promptVersion: proposal.basis.promptVersion } : {}),
        costUsd: proposal.basis?.costUsd ?? 0,
      },
      proposal.subject === undefined ? {} : { subject: proposal.subject },
    );
    return actionId;
  }

  /** Puts a question to the owner instead of guessing. The answer comes as `evt.approval.accepted`. */
  askOwner(question: string, about: { readonly context?: string; readonly options?: string[]; readonly evidence?: readonly Evidence[] } = {}): string {
    const { evidence = [], ...rest } = about;
    const args = { ...rest, question: question.slice(0, 2_000), ...(rest.context === undefined ? {} : { context: rest.context.slice(0, 8_000) }) };
    return this.propose(OwnerAsk, { args, rationale: 'Nothing on record answers this.', evidence });
  }

  #request(task: Task, input: unknown): RequestOf<typeof CompleteTask> {
    const { event } = this;
    return {
      callId: this.#ctx.nextId('ask'),
      task: task.name,
      taskVersion: task.version,
      instructions: task.instructions,
      input,
      schema: z.toJSONSchema(task.answer),
      trigger: {
        eventId: event.id,
        correlationId: event.correlationid,
        origin: this.#origin,
        hops: event.hops,
        snapshot: this.snapshot,
        askedBy: this.#agent.name,
      },
    };
  }

  #refuseUndeclared(type: string): void {
    if (this.#agent.mayPropose.includes(type)) return;
    throw new TerminalError(`${this.#agent.name} may not propose ${type}.`, {
      code: 'undeclared_action',
      hint: `Add '${type}' to \`mayPropose\` of ${this.#agent.name}.`,
    });
  }
}

function readAnswer<Schema extends z.ZodType>(task: Task<Schema>, answer: unknown): z.infer<Schema> {
  const parsed = task.answer.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new TerminalError(`The engine's answer to ${task.name} breaks its schema: ${parsed.error.issues[0]?.message}`, { code: 'bad_answer' });
}

function soundAction({ type, version, args: schema }: ActionContract, args: unknown): WantedAction {
  const problems = actionProblems({ type, version, args });
  if (problems.length > 0) throw new TerminalError(`A proposal of ${type} is unsound: ${problems.join('; ')}`, { code: 'bad_proposal' });
  return { type, version, args: schema.parse(args) as WantedAction['args'] };
}
