import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { startStripeStandIn, type StripeStandIn } from '@troupe/billing-connector/testing';
import { captureSmtp, type SmtpCapture } from '@troupe/testkit';
import { authorizationOf } from './testing/authorizations.ts';
import { GateUnderTest } from './testing/gate-under-test.ts';

jest.setTimeout(240_000);

const REFUND = authorizationOf({
  action: { type: 'billing.refund', args: { chargeId: 'ch_1', amount: { amountMinor: 4_900, currency: 'eur' } } },
});
const POINTS = ['connectors.after-attempt', 'connectors.after-effect'] as const;

/** One gate that was killed, and what there was to see once it ran again. */
interface Crash {
  readonly gate: GateUnderTest;
  readonly env: NodeJS.ProcessEnv;
  types: readonly string[];
}

/** Long enough to be attempted on a busy machine, over before the gate is started again. */
const GOOD_FOR_MS = 9_000;

describe('the effect gate, killed with SIGKILL and started again', () => {
  const crashes = new Map<string, Crash>();
  const mailServers = new Map<string, SmtpCapture>();
  let stripe: StripeStandIn;
  let undoneStripe: StripeStandIn;

  /** Killed one after the other; then all wait at the same time for the broker to notice that nobody is coming. */
  beforeAll(async () => {
    stripe = await startStripeStandIn();
    for (const point of POINTS) {
      const smtp = await captureSmtp();
      mailServers.set(point, smtp);
      await crash(`sandbox ${point}`, point, {});
      await crash(`smtp ${point}`, point, { SMTP_URL: smtp.url });
    }
    await crash('expired', 'connectors.after-attempt', {}, authorizationOf({ expiresAt: new Date(Date.now() + GOOD_FOR_MS).toISOString() }));
    const isOver = sleep(GOOD_FOR_MS);
    await crash('undone', 'connectors.after-attempt', {});
    await crashes.get('undone')!.gate.requestUndo(authorizationOf());
    undoneStripe = await startStripeStandIn();
    await crash('stripe undone', 'connectors.after-effect', { STRIPE_API_KEY: undoneStripe.apiKey, STRIPE_API_BASE: undoneStripe.url }, REFUND);
    await crashes.get('stripe undone')!.gate.requestUndo(REFUND);
    await crash('stripe', 'connectors.after-effect', { STRIPE_API_KEY: stripe.apiKey, STRIPE_API_BASE: stripe.url }, REFUND);
    await isOver;
    await Promise.all([...crashes.values()].map(restart));
  });
  afterAll(async () => {
    await Promise.all([...crashes.values()].map(({ gate }) => gate.end()));
    await Promise.all([...mailServers.values(), stripe, undoneStripe].map((server) => server.stop()));
  });

  async function crash(name: string, point: string, env: NodeJS.ProcessEnv, authorization = authorizationOf()): Promise<void> {
    const gate = await GateUnderTest.prepare();
    crashes.set(name, { gate, env, types: [] });
    await gate.authorize(authorization);
    await gate.runUntilCrash(point, env);
  }

  async function restart(crashed: Crash): Promise<void> {
    await crashed.gate.start(crashed.env);
    crashed.types = (await crashed.gate.outcome('act_1', 60_000)).types;
  }

  it.each(POINTS)('wrote one mail to the sandbox: %s', async (point) => {
    const { gate, types } = crashes.get(`sandbox ${point}`)!;
    expect(types).toEqual(['attempted', 'executed']);
    expect(await gate.outbox()).toHaveLength(1);
  });

  it.each([
    ['connectors.after-attempt', 0],
    ['connectors.after-effect', 1],
  ])('does not know whether it sent a mail, and sends no other: %s', (point, sent) => {
    expect(crashes.get(`smtp ${point}`)?.types).toEqual(['attempted', 'unknown']);
    expect(mailServers.get(point)?.messages).toHaveLength(sent);
  });

  it('finds out from Stripe, which knows the key', () => {
    expect(crashes.get('stripe')?.types).toEqual(['attempted', 'executed']);
    expect(stripe.effects).toHaveLength(1);
  });

  it.each([
    ['expired', 'not_executed'],
    ['undone', 'undone'],
  ])('finds out that nothing was done, and does nothing now: it is %s', async (name, code) => {
    const { gate, types } = crashes.get(name)!;
    expect(types).toEqual(['attempted', 'failed']);
    expect((await gate.outcome()).data).toMatchObject({ failure: { code } });
    expect(await gate.outbox()).toEqual([]);
  });

  it('looks up, and does not write, what it may not do any more', () => {
    expect(crashes.get('stripe undone')?.types).toEqual(['attempted', 'executed']);
    expect(undoneStripe.writes).toBe(1);
  });
});
