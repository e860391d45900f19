/** A card as the operator API answers it; only what journeys look at. */
export interface Card {
  readonly id: string;
  readonly type: string;
  readonly args: Record<string, unknown>;
  readonly digest: string;
  readonly state: string;
  readonly storyId: string;
  readonly policy: { readonly decision: string; readonly reasons: readonly string[] } | null;
  readonly evidence: readonly { readonly claim: string; readonly source: string; readonly span: string }[];
  readonly model: { readonly provider: string } | null;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** The owner, at the operator API. */
export class Operator {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async cards(query = ''): Promise<Card[]> {
    const { body } = await this.get<{ items: Card[] }>(`/api/actions?limit=200${query}`);
    return body.items;
  }

  /** Every card, page after page. */
  async allCards(query = '', cursor?: string): Promise<Card[]> {
    const from = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { status, body } = await this.get<{ items: Card[]; nextCursor: string | null }>(`/api/actions?limit=200${query}${from}`);
    if (status !== 200) throw new Error(`The inbox answered ${status}.`);
    return body.nextCursor === null ? body.items : [...body.items, ...(await this.allCards(query, body.nextCursor))];
  }

  async card(id: string): Promise<Card> {
    return (await this.get<Card>(`/api/actions/${id}`)).body;
  }

  decide(card: Pick<Card, 'id' | 'digest'>, decision: string, more: Record<string, unknown> = {}): Promise<Answer> {
    return this.post(`/api/actions/${card.id}/decision`, { decision, digest: card.digest, ...more });
  }

  undo(card: Pick<Card, 'id'>): Promise<Answer> {
    return this.post(`/api/actions/${card.id}/undo`, {});
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.#call(path, { method: 'GET' });
  }

  post<Body = Record<string, unknown>>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.#call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  }

  async #call<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const headers = { authorization: `Bearer ${this.#token}`, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(`${this.#url}${path}`, { ...init, headers });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
  }
}
