/** A piece of a text, marked when an agent's claim rests on it. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a text so that every occurrence of a span stands alone. Case counts; short spans would mark half the mail. */
export function markSpans(text: string, spans: readonly string[]): Piece[] {
  const wanted = [...new Set(spans.map((span) => span.trim()))].filter((span) => span.length > 2 && text.includes(span));
  if (wanted.length === 0) return [{ text, marked: false }];
  const longestFirst = wanted.sort((a, b) => b.length - a.length).map(escapePattern);
  return text
    .split(new RegExp(`(${longestFirst.join('|')})`))
    .map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
