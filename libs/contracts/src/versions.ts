/** Something that is read in its present version, and how what earlier ones wrote is brought there. */
export interface Versioned {
  /** 1 at first. */
  readonly version: number;
  /** By the version they read: the same as the next version has it. Histories are never rewritten. */
  readonly upcasters?: Readonly<Record<number, (written: unknown) => unknown>>;
}

/**
 * What an earlier version wrote, brought to the present one step by step. Undefined when it cannot be: it is of a later
 * version, or an upcaster is missing.
 */
export function inPresentVersion(contract: Versioned, version: number, written: unknown): { readonly value: unknown } | undefined {
  if (!(version >= 1 && version <= contract.version)) return undefined;
  let value = written;
  for (let from = version; from < contract.version; from += 1) {
    const step = contract.upcasters?.[from];
    if (!step) return undefined;
    value = step(value);
  }
  return { value };
}
