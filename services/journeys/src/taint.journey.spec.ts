import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  actionDigest, ActionProposed, ActionVerified, EmailReceived, WebhookReceived,
  type Action, type DataOf, type Envelope, type EventContract, type Origin, type PolicyVerdict,
} from '@troupe/contracts';
import { EventTail, openLink, Publisher, type NatsLink } from '@troupe/messaging';
import { createLogger } from '@troupe/observability';
import { brokerAuthorization, startServices, type RunningServices } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';

const POLICIES = join(import.meta.dirname, '..', '..', '..', 'deploy', 'policies');
/** With it, only taint keeps a verified mail from leaving alone. */
const BROAD_PERMIT = '@id("anything-goes") @reason("Everything may run.") permit (principal, action, resource);';
const BLOB = { bucket: 'RAW_MAIL', key: 'k', digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 1 };
const LETTER: Action = { type: 'email.send', args: { to: ['eve@example.com'], subject: 'Your refund', body: 'It is on its way.' } };
const TEST_MS = 60_000;

const passOf = (service: string): string => `pass-of-${service}`;

/** Where a proposal stands, as its proposer says. */
interface Claim {
  readonly story: string;
  readonly origin: Origin;
  readonly cause?: string;
  readonly cites?: readonly string[];
}

/** I5 on a real broker with its permissions on: an agent that lies about where its proposal comes from, by all it may say itself. */
describe('a proposer that lies about its origin', () => {
  let nats: TestNats;
  let home: string;
  let policy: RunningServices;
  let memory: RunningServices;
  const links: NatsLink[] = [];
  let said = 0;

  const start = (name: string): Promise<RunningServices> =>
    startServices(services.filter((service) => service.name === name), {
      env: { TROUPE_HOME: home, TROUPE_POLICIES: join(home, 'policies') }, natsUrl: nats.url, credentials: (user) => ({ user, pass: passOf(user) }),
    });
  const linkOf = async (user: string): Promise<NatsLink> => {
    const link = links.find(({ service }) => service === user) ?? (await openLink({ url: nats.url, service: user, user, pass: passOf(user) }));
    if (!links.includes(link)) links.push(link);
    return link;
  };

  beforeAll(async () => {
    nats = await startTestNats({ extraConfig: brokerAuthorization({ services, passwordOf: passOf }) });
    home = await mkdtemp(join(tmpdir(), 'troupe-taint-'));
    await cp(POLICIES, join(home, 'policies'), { recursive: true });
    await writeFile(join(home, 'policies', 'broad.cedar'), BROAD_PERMIT);
    memory = await start('memory');
    policy = await start('policy');
  }, TEST_MS);

  afterAll(async () => {
    await Promise.all([policy?.stop(), memory?.stop()]);
    await Promise.all(links.map(({ connection }) => connection.close()));
    await nats?.stop();
    await rm(home, { recursive: true, force: true });
  }, TEST_MS);

  /** Says something in the name of a service, with no more than its own rights. Returns the event's id. */
  async function say<Contract extends EventContract>(by: string, contract: Contract, data: DataOf<Contract>, { story, origin, cause }: Claim): Promise<string> {
    said += 1;
    const publisher = new Publisher(await linkOf(by), { name: by, version: '1.0.0', emits: [contract] });
    const options = { id: `evt_${said}`, origin, correlationId: story, ...(cause === undefined ? {} : { causationId: cause }) };
    return (await publisher.publish(contract, data, options)).id;
  }

  const mailIn = (story: string): Promise<string> => {
    const address = 'eve@example.com';
    const mail = { messageId: '<1@x>', from: { address }, to: [{ address: 'owner@localhost' }], cc: [], subject: 'Pay me', text: 'Please', truncated: false, references: [], headers: {}, attachments: [], raw: BLOB, problems: [] };
    return say('gateway', EmailReceived, mail, { story, origin: 'external' });
  };
  const workIn = (story: string, origin: Origin = 'system'): Promise<string> =>
    say('gateway', WebhookReceived, { source: 'clock', providerEventId: `e${said}`, body: BLOB }, { story, origin });

  /** Proposes and verifies a letter; returns its id. */
  async function propose(claim: Claim): Promise<string> {
    const reference = { actionId: `act_${said}`, digest: actionDigest(LETTER) };
    const evidence = (claim.cites ?? []).map((source) => ({ claim: 'So they say', source, span: '', grounds: 'inferred' as const }));
    const cause = await say('dunning', ActionProposed, { ...reference, action: LETTER, rationale: 'why', evidence, costUsd: 0 }, claim);
    await say('verifier', ActionVerified, { ...reference, checks: [] }, { ...claim, cause });
    return reference.actionId;
  }

  async function rulingOn(actionId: string, timeoutMs = 10_000): Promise<{ said: string; origin: Origin; policy: PolicyVerdict }> {
    const tail = new EventTail(await linkOf('inbox'), createLogger({ service: 'journeys', level: 'silent' }));
    return eventually(async () => {
      const rulings: Envelope[] = [];
      const onEvent = (event: Envelope): Promise<void> => Promise.resolve(void (event.agent === 'policy' && event.subject === `action:${actionId}` && rulings.push(event)));
      await tail.read({ fromSequence: 1, throughSequence: await tail.lastSequence(), signal: AbortSignal.timeout(5_000), onEvent });
      expect(rulings).toHaveLength(1);
      const [{ type, origin, data }] = rulings as [Envelope];
      return { said: type, origin, policy: (data as { policy: PolicyVerdict }).policy };
    }, { timeoutMs });
  }

  const lies: [what: string, tell: () => Promise<{ claim: Claim; taintedBy: string | undefined; from: string }>][] = [
    ['that is in a story with an outside mail', async () => {
      const mail = await mailIn('s1');
      return { claim: { story: 's1', origin: 'system', cause: await workIn('s1') }, taintedBy: mail, from: 'story' };
    }],
    ['that cites an outside mail of another story', async () => {
      const mail = await mailIn('s2');
      return { claim: { story: 's3', origin: 'operator', cause: await workIn('s3'), cites: [mail] }, taintedBy: mail, from: 'source' };
    }],
    ['that was caused by an outside mail, and calls it a story of its own', async () => {
      const mail = await mailIn('s4');
      return { claim: { story: 's5', origin: 'system', cause: mail }, taintedBy: mail, from: 'source' };
    }],
    ['that cites what nobody has seen', async () => ({ claim: { story: 's6', origin: 'system', cause: await workIn('s6'), cites: ['evt_made_up'] }, taintedBy: 'evt_made_up', from: 'unknown' })],
    ['that says nothing of what it follows from', async () => ({ claim: { story: 's7', origin: 'system' }, taintedBy: undefined, from: 'unknown' })],
  ];

  it.each(lies)('is not believed: a proposal %s is held, and the verdict says why', async (_what, tell) => {
    const { claim, taintedBy, from } = await tell();
    const ruling = await rulingOn(await propose(claim));
    expect(ruling).toMatchObject({ said: 'evt.action.held', origin: 'external', policy: { decision: 'permit_with_owner', taint: { origin: 'external', from } } });
    expect(ruling.policy.taint?.eventId).toBe(taintedBy);
    expect(ruling.policy.determining).toContain('tainted-needs-owner');
    expect(ruling.policy.reasons.join(' ')).toContain(taintedBy ?? 'names nothing');
  }, TEST_MS);

  it.each<Origin>(['system', 'operator'])('does nobody else harm: what %s began is what it says, and runs alone where policy lets it', async (origin) => {
    const story = `honest-${origin}`;
    const cause = await workIn(story, origin);
    await mailIn('somebody-elses');
    const ruling = await rulingOn(await propose({ story, origin, cause, cites: [cause] }));
    expect(ruling).toMatchObject({ said: 'evt.action.authorized', origin, policy: { decision: 'permit', taint: { origin } } });
  }, TEST_MS);

  it('has no chance while memory is down for a moment: an honest one waits for it, a lying one is found out', async () => {
    const mail = await mailIn('s8');
    await memory.stop();
    const lying = await propose({ story: 's8', origin: 'system', cause: mail });
    const honest = await propose({ story: 's9', origin: 'system', cause: await workIn('s9') });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    memory = await start('memory');
    expect(await rulingOn(honest, 30_000)).toMatchObject({ said: 'evt.action.authorized', policy: { taint: { origin: 'system', from: 'claim' } } });
    expect(await rulingOn(lying, 30_000)).toMatchObject({ said: 'evt.action.held', policy: { taint: { origin: 'external', from: 'story', eventId: mail } } });
  }, TEST_MS);

  it('has no chance while memory is away for long: nothing is believed then, and nothing waits for ever', async () => {
    await memory.stop();
    const ruling = await rulingOn(await propose({ story: 's10', origin: 'system', cause: await workIn('s10') }), 45_000);
    expect(ruling).toMatchObject({ said: 'evt.action.held', policy: { taint: { origin: 'external', from: 'unanswered' } } });
    memory = await start('memory');
  }, TEST_MS);
});
