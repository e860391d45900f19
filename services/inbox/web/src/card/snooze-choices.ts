export interface SnoozeChoice {
  readonly label: string;
  /** RFC 3339, UTC. */
  readonly until: string;
}

const MORNING_HOUR = 8;

/** When a card can come back: mornings are eight o'clock where the owner is. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const daysToMonday = ((8 - now.getDay()) % 7) || 7;
  return [
    { label: 'In an hour', until: new Date(now.getTime() + 3_600_000).toISOString() },
    { label: 'Tomorrow morning', until: morning(now, 1) },
    { label: 'Monday morning', until: morning(now, daysToMonday) },
  ];
}

function morning(now: Date, days: number): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR).toISOString();
}
