/** The parts of RFC 9457 problem details that a person wants to read, our `hint` included. */
interface ProblemDetails {
  readonly title?: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** An answer of the operator API that is not a success; the message is what the server said, for people. */
export class OperatorApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A client of the operator API: JSON in, JSON out, the token in every request. */
export class OperatorClient {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** The body of the answer. Throws an OperatorApiError, or an Error that says how to start Troupe when nobody answers. */
  get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T> {
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const search = new URLSearchParams(given).toString();
    return this.#request<T>('GET', search === '' ? path : `${path}?${search}`);
  }

  /** Like `get`, for what changes something. */
  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#request<T>('POST', path, JSON.stringify(body));
  }

  async #request<T>(method: string, path: string, body?: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}`, accept: 'application/json', 'content-type': 'application/json' };
    const response = await fetch(`${this.baseUrl}${path}`, { method, headers, ...(body === undefined ? {} : { body }) }).catch(
      (cause: unknown) => {
        throw new Error(`Troupe does not answer at ${this.baseUrl}: run npm start, or set TROUPE_HTTP_PORT to its port.`, { cause });
      },
    );
    const text = await response.text();
    if (!response.ok) throw new OperatorApiError(response.status, explain(response.status, text));
    return parseJson(text) as T;
  }
}

function explain(status: number, text: string): string {
  if (status === 401) return 'Troupe refused the operator token: set TROUPE_OPERATOR_TOKEN, or TROUPE_HOME to the folder of the Troupe that runs.';
  const { title, detail, hint } = (parseJson(text) ?? {}) as ProblemDetails;
  const said = [title, detail].filter(Boolean).join(': ');
  return said === '' ? `Troupe answered ${status}.` : [`${said} (${status})`, hint].filter(Boolean).join('\n');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
