/**
 * Where events lie on the broker: `<type>.<producer>`, such as `evt.action.proposed.dunning`. With the producer in the
 * subject the broker's permissions bind who may say what; the envelope alone would only claim it.
 */
export interface EventSubject {
  readonly type: string;
  readonly producer: string;
}

/** The subject of an event. Throws when the producer's name cannot be part of one. */
export function eventSubject(type: string, producer: string): string {
  const offending = /[^\w-]/.exec(producer);
  if (offending || producer === '') throw new Error(`"${producer}" cannot be part of a subject because of "${offending?.[0] ?? ''}": use letters, digits, "_" and "-".`);
  return `${type}.${producer}`;
}

/** What to listen to for one type of event, whoever says it. */
export function eventFilter(type: string): string {
  return `${type}.*`;
}

/** Type and producer in a subject; undefined when it is not one of an event. */
export function readEventSubject(subject: string): EventSubject | undefined {
  const match = /^(evt\.[a-z_]+\.[a-z_]+)\.([\w-]+)$/.exec(subject);
  const [, type, producer] = match ?? [];
  return type === undefined || producer === undefined ? undefined : { type, producer };
}
