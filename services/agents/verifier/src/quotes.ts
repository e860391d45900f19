/** One spelling of a passage: no difference in line breaks, width or capitals counts. */
export function flat(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

const QUOTED = /^\s*>/;

/** A body without the quote blocks (`> …`) that stand in a source; words put into somebody's mouth stay in and are checked. */
export function ownWords(body: string, sources: readonly string[]): string {
  const known = sources.map((source) => flat(source.replace(/^\s*(?:>\s?)+/gm, '')));
  return blocksOf(body)
    .flatMap((block) => (QUOTED.test(block[0] ?? '') ? unfounded(block, known) : block))
    .join('\n');
}

/** Neighbouring lines that are all quoted, or all not. */
function blocksOf(body: string): string[][] {
  const blocks: string[][] = [];
  for (const line of body.split('\n')) {
    const last = blocks.at(-1);
    if (last && QUOTED.test(last[0] ?? '') === QUOTED.test(line)) last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

/** A block may be wrapped anew, so it is looked for whole; else line by line. */
function unfounded(block: readonly string[], known: readonly string[]): string[] {
  const lines = block.map((line) => line.replace(/^\s*(?:>\s?)+/, ''));
  const stands = (text: string): boolean => known.some((source) => source.includes(flat(text)));
  return stands(lines.join(' ')) ? [] : lines.filter((line) => !stands(line));
}
