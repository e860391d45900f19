import { createHash, type Hash } from 'node:crypto';
import { MailLimits } from './mail-limits.ts';

/** How many bytes may be held in memory at once, over all messages that are being received. */
export class ByteBudget {
  #heldBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Takes bytes from the budget; false, and nothing taken, when there is not enough left. */
  take(bytes: number): boolean {
    if (this.#heldBytes + bytes > this.maxBytes) return false;
    this.#heldBytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#heldBytes -= bytes;
  }
}

/** Collects a message within the budget; what does not fit is read to its end, digested and let go. */
export class ReceivedMessage {
  sizeBytes = 0;
  crowdedOut = false;
  #heldBytes = 0;
  #chunks: Buffer[] = [];
  readonly #hash: Hash = createHash('sha256');

  constructor(private readonly budget: ByteBudget) {}

  add(chunk: Buffer): void {
    this.sizeBytes += chunk.length;
    this.#hash.update(chunk);
    if (this.sizeBytes > MailLimits.maxMessageBytes || this.crowdedOut) this.release();
    else if (this.budget.take(chunk.length)) this.#keep(chunk);
    else this.crowdedOut = true;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }

  release(): void {
    this.budget.giveBack(this.#heldBytes);
    this.#heldBytes = 0;
    this.#chunks = [];
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
  }
}
