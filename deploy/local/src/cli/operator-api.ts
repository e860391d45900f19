/** What the operator API answers, as far as the command line shows it. The API's own description is /api/openapi.json. */

/** A list; `nextCursor` is there when there is more. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | null;
}

/** One action, as the inbox shows it. */
export interface ActionCard {
  readonly id: string;
  readonly type: string;
  readonly summary: string;
  readonly state: string;
  readonly tier: string;
  readonly reversibility: string;
  /** Of the exact form that would run now: a decision names it. */
  readonly digest: string;
  readonly fields: readonly { readonly label: string; readonly text: string }[];
  readonly agent: { readonly name: string; readonly version: string };
  readonly storyId: string;
  readonly waitsBecause: string | null;
  readonly holdUntil: string | null;
  /** The outside could not take it yet. */
  readonly deferred: { readonly failure: { readonly message: string }; readonly nextTryAt: string } | null;
  readonly policy: { readonly decision: string; readonly reasons: readonly string[] } | null;
  readonly evidence: readonly { readonly claim: string; readonly source: string; readonly grounds: string }[];
  readonly createdAt: string;
}

/** The owner's word is stored, and policy has not answered yet. */
export interface Recorded {
  readonly recorded: true;
  readonly hint: string;
}

/** How far a rebuild is, and what has become of each store. */
export interface Rebuilt {
  readonly sequence: number;
  /** How many messages the inbox still has to read; null when that is not known yet. */
  readonly pending: number | null;
  readonly complete: boolean;
  readonly stores: readonly { readonly name: string; readonly done: boolean; readonly ok: boolean; readonly detail: string }[];
}

/** One event of a story, in the owner's words. */
export interface StoryEntry {
  readonly time: string;
  readonly type: string;
  readonly agent: string;
  readonly summary: string;
}

/** How many cards are in each state, and what could not be handled. */
export interface Summary {
  readonly states: Readonly<Record<string, number>>;
  readonly deadLetters: number;
}

/** Whether Troupe can work, by part. */
export interface Readiness {
  readonly status: string;
  readonly parts: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
}
