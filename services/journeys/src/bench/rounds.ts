import { measure, type Flow, type Load, type Measured } from './flow.ts';

const ROUNDS = 3;

/** A flow and what came of it. */
export interface Result extends Measured {
  readonly name: string;
}

/** All flows round by round in turn, so that they see the same machine; the median of three rounds counts. Stops them. */
export async function inTurn<Flows extends readonly Flow[]>(flows: readonly [...Flows], load: Load): Promise<{ [Index in keyof Flows]: Result }> {
  const results = flows.map((): Measured[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, flow] of flows.entries()) {
      process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${flow.name}\n`);
      results[index]?.push(await measure(flow, `r${round}`, load));
    }
  }
  await Promise.all(flows.map((flow) => flow.stop()));
  return results.map((rounds, index) => ({ name: flows[index]?.name ?? '', ...middleOf(rounds) })) as { [Index in keyof Flows]: Result };
}

function middleOf(rounds: readonly Measured[]): Measured {
  return {
    medianMs: middle(rounds.map(({ medianMs }) => medianMs)),
    p95Ms: middle(rounds.map(({ p95Ms }) => p95Ms)),
    flowsPerSecond: middle(rounds.map(({ flowsPerSecond }) => flowsPerSecond)),
    processorMs: middle(rounds.map(({ processorMs }) => processorMs)),
  };
}

/** The median; NaN of none. Sorts `values`. */
export function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
