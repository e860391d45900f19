/** In units of the first pause: with one of a minute, a day has about 50 tries, as mail servers make them (RFC 5321, 4.5.4.1). */
const GROWTH = [1, 2, 5, 10, 15, 20] as const;
const LONGEST = 30;

/** How long to wait after the `tries`-th try was put off, in milliseconds. */
export function pauseAfter(tries: number, firstPauseMs: number): number {
  return (GROWTH[tries - 1] ?? LONGEST) * firstPauseMs;
}

/** In units of the first pause, counted from when the outcome became unknown: the last is a day with one of a minute. */
const LOOKS = [1, 5, 15, 60, 180, 480, 1_440] as const;

/** When the outside is asked for the `asked + 1`-th time what became of an attempt; undefined when it was asked often enough. */
export function nextLookMs(asked: number, unknownSinceMs: number, firstPauseMs: number): number | undefined {
  const look = LOOKS[asked];
  return look === undefined ? undefined : unknownSinceMs + look * firstPauseMs;
}
