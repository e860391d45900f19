import {
  preparsePolicySet, preparseSchema, schemaToJson, statefulIsAuthorized, validate,
  type CheckParseAnswer, type Response, type SchemaJson,
} from '@cedar-policy/cedar-wasm/nodejs';
import { actionProblems, type ActionCard, ActionCatalogue, findAction, inPresentForm, type PolicyVerdict, sha256 } from '@troupe/contracts';
import { bothQuestions, formsOf, opinionOn, type AskedPolicy } from './both-questions.ts';
import { explain, PolicyFilesError, readPolicyFiles, SCHEMA_FILE, type PolicyFiles } from './policy-files.ts';
import { proposalContext, type ProposalContext } from './proposal-context.ts';
import { namingTaint, type Provenance } from './provenance.ts';
import { keepWasmCallsPlain } from './wasm-calls.ts';

/** Puts a question to Cedar. */
export type AskCedar = typeof statefulIsAuthorized;

/** How many verdicts are kept, about a kilobyte each: an owner who was away for two weeks finds some thousand cards. */
const REMEMBERED_VERDICTS = 5_000;

/**
 * The company's policies, ready to judge. Cedar (https://docs.cedarpolicy.com): deny by default, a forbid beats every
 * permit, and each decision names the policies that determined it.
 */
export class CedarPolicies {
  readonly #name: string;
  readonly #policies: readonly AskedPolicy[];
  readonly #reasons: ReadonlyMap<string, string>;
  readonly #askCedar: AskCedar;
  readonly #remembered = new Map<string, PolicyVerdict>();

  private constructor(name: string, policies: readonly AskedPolicy[], askCedar: AskCedar) {
    this.#name = name;
    this.#policies = policies;
    this.#reasons = new Map(policies.map(({ id, reason }) => [id, reason]));
    this.#askCedar = askCedar;
  }

  /** Reads and checks a folder of policies. Throws PolicyFilesError with the fix, so that a bad policy stops the boot. */
  static load(folder: string): CedarPolicies {
    return CedarPolicies.from(readPolicyFiles(folder));
  }

  static from(files: PolicyFiles, askCedar: AskCedar = statefulIsAuthorized): CedarPolicies {
    keepWasmCallsPlain();
    const staticPolicies = Object.fromEntries(files.policies.map(({ id, text }) => [id, text]));
    refuseUncoveredActions(files);
    refuseInvalid(files, staticPolicies);
    const name = sha256(JSON.stringify([files.schema, staticPolicies]));
    orRefuse(files, preparseSchema(name, files.schema));
    const policies = bothQuestions(files.policies);
    orRefuse(files, preparsePolicySet(name, { staticPolicies: formsOf(policies) }));
    return new CedarPolicies(name, policies, askCedar);
  }

  /** What the policies are known by in a verdict: the digest of their texts and their schema. */
  get policySet(): string {
    return this.#name;
  }

  /**
   * May it run alone, with the owner's word, or not at all? Never throws: whatever goes wrong is a `forbid` that says so
   * (I8). The verdict names what taints the action.
   *
   * A verdict is a function of its question, so the same question (the owner approves what was held a moment ago) is not
   * put to Cedar again.
   */
  judge(card: ActionCard, provenance: Provenance): PolicyVerdict {
    return namingTaint(this.#judge(card, provenance), provenance.taint);
  }

  #judge(card: ActionCard, provenance: Provenance): PolicyVerdict {
    try {
      refuseUnreadable(card.action);
      const context = proposalContext(card, provenance);
      const question = JSON.stringify([card.proposedBy, card.action.type, context]);
      return this.#remembered.get(question) ?? this.#remember(question, this.#evaluate(card, context));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const reasons = [`Policy could not judge this, so it is refused. ${message}`];
      return { decision: 'forbid', determining: [], reasons, policySet: this.#name };
    }
  }

  /** Whether it runs alone, and where it does not, whether it does with the owner's word: Cedar is asked both at once. */
  #evaluate(card: ActionCard, context: ProposalContext): PolicyVerdict {
    const answer = this.#ask(card, context);
    const alone = opinionOn('none', this.#policies, answer);
    if (alone.isPermitted) return this.#verdict('permit', alone.determining);
    const withOwner = opinionOn('owner', this.#policies, answer);
    if (!withOwner.isPermitted) return this.#verdict('forbid', withOwner.determining);
    return this.#verdict('permit_with_owner', [...alone.determining, ...withOwner.determining]);
  }

  /** The oldest goes when there are too many. */
  #remember(question: string, verdict: PolicyVerdict): PolicyVerdict {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= REMEMBERED_VERDICTS && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(question, verdict);
    return verdict;
  }

  /** The schema asks for an approval; each policy has its own in it. */
  #ask(card: ActionCard, context: ProposalContext): Response {
    const answer = this.#askCedar({
      principal: { type: 'Agent', id: card.proposedBy },
      action: { type: 'Action', id: card.action.type },
      resource: { type: 'Company', id: 'self' },
      context: { ...context, recipients: [...context.recipients], newRecipients: [...context.newRecipients], linkHosts: [...context.linkHosts], approval: 'none' },
      entities: [],
      preparsedPolicySetId: this.#name,
      preparsedSchemaName: this.#name,
      validateRequest: true,
    });
    if (answer.type === 'failure') throw new Error(explain(answer.errors));
    return answer.response;
  }

  #verdict(decision: PolicyVerdict['decision'], determining: readonly string[]): PolicyVerdict {
    const reasons = determining.map((id) => this.#reasons.get(id) ?? id);
    return { decision, determining: [...determining], reasons: reasons.length > 0 ? reasons : ['No policy permits this.'], policySet: this.#name };
  }
}

/** The arguments of a version that is not known here may mean anything. */
function refuseUnreadable(action: ActionCard['action']): void {
  if (findAction(action.type) && !inPresentForm(action)) throw new Error(actionProblems(action).join('; '));
}

/** An action that the schema does not name would be denied for ever, and nobody would know why. */
function refuseUncoveredActions(files: PolicyFiles): void {
  const actions = parsedSchema(files)['']?.actions ?? {};
  const missing = ActionCatalogue.map((action) => action.type).filter((type) => !(type in actions));
  if (missing.length > 0) throw new PolicyFilesError(`${SCHEMA_FILE} does not name ${missing.join(', ')}: add them to its actions.`);
}

function parsedSchema({ schema }: PolicyFiles): SchemaJson<string> {
  const answer = schemaToJson(schema);
  if (answer.type === 'failure') throw new PolicyFilesError(`${SCHEMA_FILE} is not a valid Cedar schema: ${explain(answer.errors)}`);
  return answer.json;
}

function refuseInvalid(files: PolicyFiles, staticPolicies: Record<string, string>): void {
  const answer = validate({ schema: files.schema, policies: { staticPolicies } });
  if (answer.type === 'failure') throw new PolicyFilesError(`The policies in ${files.folder} cannot be checked: ${explain(answer.errors)}`);
  const [first] = answer.validationErrors;
  if (!first) return;
  const file = files.policies.find(({ id }) => id === first.policyId)?.file ?? files.folder;
  throw new PolicyFilesError(`${file}, policy "${first.policyId}": ${explain([first.error])}`);
}

function orRefuse(files: PolicyFiles, answer: CheckParseAnswer): void {
  if (answer.type === 'failure') throw new PolicyFilesError(`The policies in ${files.folder} cannot be loaded: ${explain(answer.errors)}`);
}
