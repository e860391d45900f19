/** Everything below U+0020 but tab and line feed, DEL, and the C1 block. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Invisible marks that reverse the reading direction: in a name or a file name they serve to deceive. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside as one line: no controls, no direction overrides, blanks folded, at most `maxLength` UTF-16 units. */
export function cleanLine(text: string, maxLength: number): string {
  const visible = text.replace(/\s+/g, ' ').replace(CONTROLS, '').replace(DIRECTION_OVERRIDES, '');
  return cut(wellFormed(visible), maxLength).trim();
}

/** Text from outside with its lines: `\n` ends them, no other control but tab is left, the ends are trimmed. */
export function cleanText(text: string): string {
  return wellFormed(text.replace(/\r\n?/g, '\n').replace(CONTROLS, '')).trim();
}

/** The first `maxLength` UTF-16 units, without tearing a surrogate pair. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const torn = /[\ud800-\udbff]/.test(text.charAt(maxLength - 1));
  return text.slice(0, torn ? maxLength - 1 : maxLength);
}

/** Unpaired surrogates become U+FFFD, so that the text survives JSON and every store behind it. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
