import { ApiProblem, get } from './api.ts';
import type { Card } from './wire.ts';

/** What the feed tells: a card as it is now, a story that grew, that lists must be loaded anew, that counts may have changed, the state of the line. */
export interface FeedEvents {
  card: Card;
  story: { readonly storyId: string };
  reload: undefined;
  deadLetter: undefined;
  wait: undefined;
  counts: undefined;
  line: 'open' | 'broken';
  sessionEnded: undefined;
}

type Listener<Payload> = (payload: Payload) => void;

const RETRY_MS = 2_000;

/** The server's events, shared by the whole page. The browser reconnects by itself and says what it saw last. */
export class LiveFeed {
  readonly #listeners = new Map<keyof FeedEvents, Set<Listener<never>>>();
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  open(): void {
    const source = new EventSource('/api/stream');
    this.#source = source;
    source.addEventListener('card', (event) => this.tell('card', JSON.parse(event.data as string) as Card));
    source.addEventListener('story', (event) => this.tell('story', JSON.parse(event.data as string) as { storyId: string }));
    source.addEventListener('dead-letter', () => this.tell('deadLetter', undefined));
    source.addEventListener('wait', () => this.tell('wait', undefined));
    source.addEventListener('rebuilt', () => this.tell('reload', undefined));
    source.addEventListener('ready', () => this.tell('line', 'open'));
    source.addEventListener('error', () => this.#broken(source));
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  /** Answers how to stop listening. */
  on<Name extends keyof FeedEvents>(name: Name, listener: Listener<FeedEvents[Name]>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell<Name extends keyof FeedEvents>(name: Name, payload: FeedEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as Listener<FeedEvents[Name]>)(payload);
  }

  /** A refused stream (401, 503) is closed for good by the browser: see why, and open another one. */
  #broken(source: EventSource): void {
    this.tell('line', 'broken');
    if (source.readyState !== EventSource.CLOSED) return;
    this.#retry = setTimeout(() => void this.#reopen(), RETRY_MS);
  }

  async #reopen(): Promise<void> {
    try {
      await get('/api/summary');
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return this.tell('sessionEnded', undefined);
    }
    this.open();
    this.tell('reload', undefined);
  }
}
