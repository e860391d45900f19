import {
  preparsePolicySet, preparseSchema, schemaToJson, statefulIsAuthorized, validate,
  type CheckParseAnswer, type Response, type SchemaJson,
} from '@cedar-policy/cedar-wasm/nodejs';
import { type ActionCard, ActionCatalogue, type PolicyVerdict, sha256 } from '@troupe/contracts';
import { explain, PolicyFilesError, readPolicyFiles, SCHEMA_FILE, type PolicyFiles } from './policy-files.ts';
import { proposalContext, type ProposalContext } from './proposal-context.ts';
import { keepWasmCallsPlain } from './wasm-calls.ts';

/** What Cedar said to one question. */
interface Opinion {
  readonly isPermitted: boolean;
  readonly determining: readonly string[];
}

/** How many verdicts are kept, about a kilobyte each: an owner who was away for two weeks finds some thousand cards. */
const REMEMBERED_VERDICTS = 5_000;

/**
 * The company's policies, ready to judge. Cedar (https://docs.cedarpolicy.com): deny by default, a forbid beats every
 * permit, and each decision names the policies that determined it.
 */
export class CedarPolicies {
  readonly #name: string;
  readonly #reasons: ReadonlyMap<string, string>;
  readonly #remembered = new Map<string, PolicyVerdict>();

  private constructor(name: string, files: PolicyFiles) {
    this.#name = name;
    this.#reasons = new Map(files.policies.map(({ id, reason }) => [id, reason]));
  }

  /** Reads and checks a folder of policies. Throws PolicyFilesError with the fix, so that a bad policy stops the boot. */
  static load(folder: string): CedarPolicies {
    return CedarPolicies.from(readPolicyFiles(folder));
  }

  static from(files: PolicyFiles): CedarPolicies {
    keepWasmCallsPlain();
    const staticPolicies = Object.fromEntries(files.policies.map(({ id, text }) => [id, text]));
    refuseUncoveredActions(files);
    refuseInvalid(files, staticPolicies);
    const name = sha256(JSON.stringify([files.schema, staticPolicies]));
    orRefuse(files, preparseSchema(name, files.schema));
    orRefuse(files, preparsePolicySet(name, { staticPolicies }));
    return new CedarPolicies(name, files);
  }

  /** What the policies are known by in a verdict: the digest of their texts and their schema. */
  get policySet(): string {
    return this.#name;
  }

  /**
   * May it run alone, with the owner's word, or not at all? Never throws: whatever goes wrong is a `forbid` that says so
   * (I8). `known` are the addresses that occur in the story, in lower case.
   *
   * A verdict is a function of its question, so the same question (the owner approves what was held a moment ago) is not
   * put to Cedar again.
   */
  judge(card: ActionCard, known: ReadonlySet<string>): PolicyVerdict {
    try {
      const context = proposalContext(card, known);
      const question = JSON.stringify([card.proposedBy, card.action.type, context]);
      return this.#remembered.get(question) ?? this.#remember(question, this.#evaluate(card, context));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const reasons = [`Policy could not judge this, so it is refused. ${message}`];
      return { decision: 'forbid', determining: [], reasons, policySet: this.#name };
    }
  }

  /** One evaluation where it runs alone; a second one, with the owner's word, where it does not. */
  #evaluate(card: ActionCard, context: ProposalContext): PolicyVerdict {
    const alone = this.#ask(card, { ...context, approval: 'none' });
    if (alone.isPermitted) return this.#verdict('permit', alone.determining);
    const withOwner = this.#ask(card, { ...context, approval: 'owner' });
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

  #ask(card: ActionCard, context: object): Opinion {
    const answer = statefulIsAuthorized({
      principal: { type: 'Agent', id: card.proposedBy },
      action: { type: 'Action', id: card.action.type },
      resource: { type: 'Company', id: 'self' },
      context: { ...context },
      entities: [],
      preparsedPolicySetId: this.#name,
      preparsedSchemaName: this.#name,
      validateRequest: true,
    });
    if (answer.type === 'failure') throw new Error(explain(answer.errors));
    return opinionOf(answer.response);
  }

  #verdict(decision: PolicyVerdict['decision'], determining: readonly string[]): PolicyVerdict {
    const reasons = determining.map((id) => this.#reasons.get(id) ?? id);
    return { decision, determining: [...determining], reasons: reasons.length > 0 ? reasons : ['No policy permits this.'], policySet: this.#name };
  }
}

/** Cedar skips a policy that fails to evaluate; a skipped forbid must not let anything through (I8). */
function opinionOf({ decision, diagnostics }: Response): Opinion {
  const [broken] = diagnostics.errors;
  if (broken) throw new Error(`The policy ${broken.policyId} failed: ${explain([broken.error])}`);
  return { isPermitted: decision === 'allow', determining: [...diagnostics.reason].sort() };
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
