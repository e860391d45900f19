import { setTimeout as sleep } from 'node:timers/promises';
import type { CrashWorld } from './crash-world.ts';
import type { Strike } from './strike-plan.ts';

/** Carries out a plan, one strike after the other at its time. */
export async function strikeAll(world: CrashWorld, strikes: readonly Strike[]): Promise<void> {
  const startMs = Date.now();
  for (const strike of strikes) {
    await sleep(Math.max(0, startMs + strike.atMs - Date.now()));
    await carryOut(world, strike);
  }
}

async function carryOut({ nats, services }: CrashWorld, strike: Strike): Promise<void> {
  if (strike.kind === 'kill_broker') {
    await nats.kill();
    await sleep(strike.downMs);
    await nats.restart();
    return;
  }
  const service = services.find(({ name }) => name === strike.service);
  if (!service) throw new Error(`There is no service ${strike.service} to strike.`);
  if (strike.kind === 'arm') service.arm(`${strike.point}:${strike.hit}`);
  else service.kill();
}
