/** A piece of a text, marked when an agent's claim rests on it. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * Cuts a text so that every occurrence of a span stands alone. Case counts, line breaks do not: mails are wrapped. Short
 * spans would mark half the mail.
 */
export function markSpans(text: string, spans: readonly string[]): Piece[] {
  const wanted = [...new Set(spans.map((span) => span.trim()))].filter((span) => span.length > 2);
  if (wanted.length === 0) return [{ text, marked: false }];
  const longestFirst = wanted.sort((a, b) => b.length - a.length).map(pattern);
  return text
    .split(new RegExp(`(${longestFirst.join('|')})`))
    .map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

function pattern(span: string): string {
  return span.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
}
