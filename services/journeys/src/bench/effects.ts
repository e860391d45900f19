import { join } from 'node:path';
import { bareEffect } from './bare-effect.ts';
import type { BenchBroker } from './bench-broker.ts';
import { EffectWorld } from './effect-world.ts';
import type { Load } from './flow.ts';
import { inTurn, type Result } from './rounds.ts';
import { firstEvent } from './troupe-flow.ts';

/** As many as can wait for an owner who was on holiday; every flow takes one. */
const WAITING = 2_000;
/** Latency at 20 yeses a second. Three rounds of two flows use up what waits. */
const LOAD: Load = { warmUpFlows: 30, paced: { flows: 100, paceMs: 50 }, burstFlows: 200, inFlight: 16 };

/** The flow from the owner's yes to the effect, in three forms. */
export interface EffectCosts {
  readonly bare: Result;
  readonly decided: Result;
  readonly requested: Result;
}

/** Measures all three on one broker with 2,000 actions that wait, in turn. */
export async function measureEffects(broker: BenchBroker, home: string): Promise<EffectCosts> {
  process.stderr.write(`letting ${WAITING} mails be held\n`);
  const world = await EffectWorld.start({ broker, home: join(home, 'effects'), mails: WAITING });
  try {
    const flow = await bareEffect({ broker, outbox: join(home, 'bare'), waiting: WAITING, payload: firstEvent('payload') });
    const [bare, decided, requested] = await inTurn([flow, world.decisions(), world.requests()], LOAD);
    return { bare, decided, requested };
  } finally {
    await world.stop();
  }
}
