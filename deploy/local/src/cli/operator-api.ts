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
  readonly state: string;
  readonly tier: string;
  readonly digest: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly agent: { readonly name: string; readonly version: string };
  readonly storyId: string;
  readonly reversibility?: string;
  readonly createdAt: string;
  readonly holdUntil?: string | null;
  readonly policy?: { readonly decision: string; readonly reasons: readonly string[] } | null;
  readonly evidence?: readonly Evidence[];
}

/** What a claim of the action rests on. */
export interface Evidence {
  readonly claim: string;
  readonly source: string;
  readonly grounds: string;
}

/** One event of a story. */
export interface TimelineEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly agent?: string;
}

/** Whether the parts of the system are ready, by part. */
export interface Readiness {
  readonly status: string;
}
