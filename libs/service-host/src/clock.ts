/** The time, as something a test can hold. Milliseconds since the epoch. */
export abstract class Clock {
  abstract now(): number;
}

/** The time of this machine. */
export const systemClock: Clock = { now: () => Date.now() };
