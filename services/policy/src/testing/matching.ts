/** Jest's string matcher without its `any`. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
