/** An error as the API tells it (RFC 9457), or as the browser does when there is no answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint: string | undefined;
  readonly fields: readonly { field: string; message: string }[];

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.title = body.title ?? 'Something went wrong';
    this.detail = body.detail ?? '';
    this.hint = body.hint;
    this.fields = body.fields ?? [];
  }
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly fields?: readonly { field: string; message: string }[];
}

const AWAY: ProblemBody = {
  title: 'Troupe does not answer',
  detail: 'The connection to the inbox service is gone.',
  hint: 'See whether npm start is still running. This page comes back by itself.',
};

let onSignedOut: () => void = () => undefined;

/** Whom to tell when a call finds that the session is over. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

export interface ApiReply<Body> {
  readonly status: number;
  readonly body: Body;
}

/** One call with the session cookie. Throws ApiProblem. */
export async function call<Body>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<ApiReply<Body>> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { 'X-Troupe-Request': '1', ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (!response) throw new ApiProblem(0, AWAY);
  if (response.status === 401) onSignedOut();
  const parsed: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiProblem(response.status, parsed as ProblemBody);
  return { status: response.status, body: parsed as Body };
}

export async function get<Body>(path: string): Promise<Body> {
  return (await call<Body>('GET', path)).body;
}
