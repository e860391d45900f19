import { whyAbsent } from './requirements.ts';
import type { Requirement } from './requirements.ts';
import { noteSkipped } from './skip-list.ts';

/**
 * `describe` for tests that need something not every machine has.
 * Where it is absent the block is skipped, and its name and the reason appear in the run's skip list;
 * where TROUPE_REQUIRE (comma-separated) names the requirement, its absence is a failing test.
 */
export function describeWith(requirement: Requirement, name: string, block: () => void): void {
  const reason = whyAbsent(requirement);
  if (reason === undefined) return describe(name, block);
  if (requiredHere().includes(requirement)) return describe(name, () => it(`has ${requirement}`, () => fail(requirement, reason)));
  noteSkipped({ requirement, name, reason });
  describe.skip(`${name} [skipped: ${reason}]`, block);
}

function requiredHere(): string[] {
  return (process.env['TROUPE_REQUIRE'] ?? '').split(',').map((entry) => entry.trim());
}

function fail(requirement: Requirement, reason: string): never {
  throw new Error(`TROUPE_REQUIRE demands ${requirement}, and it is absent: ${reason}`);
}
