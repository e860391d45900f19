import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { embeddedTextOf } from '../offline/triage/features.ts';
import type { SentenceEncoder } from '../offline/sentence-encoder.ts';
import type { Example } from './examples.ts';

/**
 * The embeddings of the sample, kept beside it because computing them takes minutes on a busy machine. One line per text:
 * a digest of what the encoder read, then the vector, 8 bits a dimension. A line whose text is gone is never used.
 */
const VECTORS_FILE = new URL('../../sample/vectors.txt', import.meta.url);
/** Unit vectors of 512 dimensions have no component near 0.5. */
const STEPS_PER_UNIT = 254;

export type VectorsByText = ReadonlyMap<string, number[]>;

export function readSampleVectors(): VectorsByText {
  const lines = existsSync(VECTORS_FILE) ? readFileSync(VECTORS_FILE, 'utf8').split('\n').filter(Boolean) : [];
  return new Map(lines.map((line) => line.split(' ') as [string, string]).map(([key, packed]) => [key, unpacked(packed)]));
}

/** Keeps the vectors of these examples, drops all others. */
export function writeSampleVectors(examples: readonly Example[], known: VectorsByText): void {
  const vectors = vectorsFor(examples, known);
  const lines = examples.map((example, index) => `${keyOf(example)} ${packed(vectors[index]!)}\n`);
  writeFileSync(VECTORS_FILE, [...new Set(lines)].sort().join(''));
}

/**
 * One vector per example, in their order.
 *
 * @throws Error naming the first example whose text has no vector.
 */
export function vectorsFor(examples: readonly Example[], known: VectorsByText): number[][] {
  return examples.map((example) => {
    const vector = known.get(keyOf(example));
    if (vector) return vector;
    throw new Error(`sample/vectors.txt has no vector for mail ${example.id}: run \`npm run train --workspace @troupe/engine\`.`);
  });
}

/** What is known, and what the encoder says of the rest, rounded as the file rounds it. */
export async function withMissing(
  examples: readonly Example[],
  known: VectorsByText,
  encoder: Pick<SentenceEncoder, 'embed'>,
  signal: AbortSignal,
): Promise<VectorsByText> {
  const missing = examples.filter((example) => !known.has(keyOf(example)));
  const found = await encoder.embed(missing.map(({ view }) => embeddedTextOf(view)), signal);
  return new Map([...known, ...missing.map((example, index) => [keyOf(example), unpacked(packed(found[index]!))] as const)]);
}

const keyOf = ({ view }: Example) => createHash('sha256').update(embeddedTextOf(view)).digest('base64url').slice(0, 16);

const packed = (vector: readonly number[]) =>
  Buffer.from(Int8Array.from(vector, (value) => Math.max(-127, Math.min(127, Math.round(value * STEPS_PER_UNIT))))).toString('base64');

function unpacked(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), (step) => step / STEPS_PER_UNIT);
}
