import { z } from 'zod';

const Cited = z.looseObject({ citations: z.array(z.looseObject({ span: z.string() })).min(1) });
const Stated = z.looseObject({ confidence: z.number().min(0).max(1) });

/**
 * `sourced` when the answer cites at least one span and every cited span occurs, word for word, in the input.
 * One invented span makes the whole answer `inferred`: provenance must not promise more than a reader can check.
 */
export function groundsOf(answer: unknown, input: unknown): 'sourced' | 'inferred' {
  const cited = Cited.safeParse(answer);
  if (!cited.success) return 'inferred';
  const texts = stringsIn(input).map(plain);
  const occurs = (span: string) => span.trim() !== '' && texts.some((text) => text.includes(plain(span)));
  return cited.data.citations.every((citation) => occurs(citation.span)) ? 'sourced' : 'inferred';
}

/** The confidence the answer states about itself, if it states one. */
export function statedConfidence(answer: unknown): { confidence?: number } {
  const stated = Stated.safeParse(answer);
  return stated.success ? { confidence: stated.data.confidence } : {};
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
