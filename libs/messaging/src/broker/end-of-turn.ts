let waiting: (() => void)[] = [];

/**
 * Sends at the end of this turn of the event loop, together with whatever else the turn has to send: the client then
 * writes to its socket once, and not once for each message that is handled. Nothing is held up for longer than a turn.
 * Rejects when `send` throws or rejects.
 */
export function atEndOfTurn<Result>(send: () => Result | Promise<Result>): Promise<Result> {
  if (waiting.length === 0) process.nextTick(sendAll);
  return new Promise<void>((resolve) => waiting.push(resolve)).then(send);
}

function sendAll(): void {
  const all = waiting;
  waiting = [];
  for (const mayGo of all) mayGo();
}
