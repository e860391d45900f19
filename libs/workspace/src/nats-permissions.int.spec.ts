import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionAuthorized, ActionProposed, EmailTriaged, eventSubject, RecallEpisodes } from '@troupe/contracts';
import { BrokerNames, DEFAULT_BROKER_SETTINGS, openLink, type NatsLink } from '@troupe/messaging';
import { natsPasswordVariable, readBroker, startServices } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { eventually, freePort, startTestNats, type TestNats } from '@troupe/testkit';
import { natsPermissionsText } from './nats-permissions.ts';

/** On a real nats-server. A variable of its configuration may come from the file as well as from the environment. */
describe('broker permissions generated from what services declare (I10)', () => {
  const passwords = new Map(services.map(({ name }) => [name, `secretOf${name}`]));
  const variables = [...passwords].map(([name, password]) => `${natsPasswordVariable(name)}: ${password}\n`).join('');
  const permissions = natsPermissionsText(services);
  let nats: TestNats;
  let home: string;

  beforeAll(async () => {
    nats = await startTestNats({ extraConfig: `${variables}${permissions}` });
    home = await mkdtemp(join(tmpdir(), 'troupe-permissions-'));
  });

  afterAll(async () => {
    await nats.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('let every service start and stop', async () => {
    const running = await startServices(services, {
      env: { TROUPE_HOME: home, TROUPE_HTTP_PORT: '0', TROUPE_SMTP_PORT: String(await freePort()), TROUPE_LOG_LEVEL: 'silent' },
      natsUrl: nats.url,
      credentials: (user) => ({ user, pass: passwords.get(user) ?? '' }),
    });
    await running.stop();
  }, 60_000);

  it('let an agent publish what it declares', async () => {
    expect(await asTriage((link) => outcome(link.jetstream.publish(eventSubject(EmailTriaged.type, 'triage'), 'anything')))).toBe('stored');
  });

  it('keep an agent from authorising an action', async () => {
    expect(await asTriage((link) => outcome(link.jetstream.publish(eventSubject(ActionAuthorized.type, 'triage'), 'anything')))).toMatch(/permissions violation/i);
  });

  it.each([[ActionProposed.type, 'dunning'], [EmailTriaged.type, 'gateway'], [ActionAuthorized.type, 'policy']])('keep an agent from saying %s in the name of %s', async (type, other) => {
    expect(await asTriage((link) => outcome(link.jetstream.publish(eventSubject(type, other), 'anything')))).toMatch(/permissions violation/i);
  });

  it.each(['$KV.STORY_QUARANTINE.evt_1', 'redrive.connectors.runAuthorized'])('keep an agent from releasing its own story, and from ordering work of others: %s', async (subject) => {
    expect(await asTriage((link) => outcome(link.jetstream.publish(subject, '{}')))).toMatch(/permissions violation/i);
  });

  it('keep an agent from answering in the name of memory, and from reading what it did not ask for', async () => {
    expect(await asTriage((link) => subscriptionProblem(link, RecallEpisodes.subject))).toMatch(/permissions violation/i);
    expect(await asTriage((link) => subscriptionProblem(link, 'evt.>'))).toMatch(/permissions violation/i);
  });

  it.each([
    ['by their sequence', (link: NatsLink) => link.manager.streams.getMessage('EVENTS', { seq: 1 })],
    ['over its own consumer', (link: NatsLink) => link.manager.consumers.add('EVENTS', { durable_name: 'triage__sortMail', filter_subject: 'evt.>' })],
    ['over one consumer for several', (link: NatsLink) => link.manager.consumers.add('EVENTS', { durable_name: 'triage__sortMail' })],
    ['over a consumer that passes', (link: NatsLink) => link.jetstream.consumers.get('EVENTS', { filter_subjects: 'evt.>' })],
  ])('keep an agent from reading events it does not listen to, %s', async (_how, read) => {
    expect(await asTriage((link) => outcome(read(link)))).toMatch(/permissions violation/i);
  });

  it('do not load while a password is missing', async () => {
    await expect(startTestNats({ extraConfig: permissions })).rejects.toThrow(/TROUPE_NATS_PASSWORD_\w+.* can not be found/);
  });

  it('turn away whoever has no password', async () => {
    await expect(openLink({ url: nats.url, service: 'triage' })).rejects.toThrow();
  });

  async function asTriage<Result>(act: (link: NatsLink) => Promise<Result>): Promise<Result> {
    const link = await openLink({ url: nats.url, service: 'triage', user: 'triage', pass: passwords.get('triage') ?? '' });
    try {
      return await act(link);
    } finally {
      await link.connection.close();
    }
  }
});

const MAIL = `From: ana@customer.example
To: owner@acme.example
Subject: Export fails
Message-ID: <1@customer.example>

The export to CSV fails with error 500. Can you help?
`;

/** A mail reaches the last service: publishing, state, blobs, consumers, queries and acknowledgements are allowed. */
describe.each([
  ['with a prefix', { prefix: 'acme' }, false],
  ['in a JetStream domain', { domain: 'hub' }, false],
  ['with a prefix, in a JetStream domain', { prefix: 'ac-me_1', domain: 'hub' }, false],
  ['with a prefix, over a leaf node, in the JetStream domain of its hub', { prefix: 'acme', domain: 'hub' }, true],
])('broker permissions of a company %s', (_name, place: { prefix?: string; domain?: string }, overLeaf) => {
  const { prefix, domain } = place;
  const passwords = Object.fromEntries(services.map(({ name }) => [natsPasswordVariable(name, prefix), `secretOf${name}`]));
  const variables = Object.entries(passwords).map(([name, password]) => `${name}: ${password}\n`).join('');
  const users = `${variables}${natsPermissionsText(services, [place])}`;
  let nats: TestNats;
  let hub: TestNats | undefined;
  let home: string;

  beforeAll(async () => {
    const port = await freePort();
    if (overLeaf) hub = await startTestNats({ domain, extraConfig: `leafnodes { host: "127.0.0.1", port: ${port}, authorization { user: leaf, password: secretOfLeaf } }` });
    const leaf = `leafnodes { remotes: [ { url: "nats-leaf://leaf:secretOfLeaf@127.0.0.1:${port}" } ] }\n`;
    nats = await (overLeaf ? startTestNats({ domain: 'leaf', extraConfig: `${users}${leaf}` }) : startTestNats({ domain, extraConfig: users }));
    home = await mkdtemp(join(tmpdir(), 'troupe-permissions-'));
  });

  afterAll(async () => {
    await nats.stop();
    await hub?.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('let its services do all that a mail asks of them, and nothing is refused', async () => {
    const [smtpPort, token] = [await freePort(), 'an-operator-token-for-tests'];
    const env = {
      ...passwords, NATS_URL: nats.url, TROUPE_HOME: home, TROUPE_HTTP_PORT: '0', TROUPE_SMTP_PORT: String(smtpPort), TROUPE_OPERATOR_TOKEN: token,
      TROUPE_LOG_LEVEL: 'silent', TROUPE_NATS_PREFIX: prefix, TROUPE_NATS_DOMAIN: domain,
    };
    const running = await startServices(services, { env, ...readBroker(env) });
    const call = (path: string, post: { type: string; body: string } | undefined = undefined) =>
      fetch(`${running.httpUrl}${path}`, { headers: { authorization: `Bearer ${token}`, ...(post && { 'content-type': post.type }) }, ...(post && { method: 'POST', body: post.body }) });
    const actions = async () => ((await (await call('/api/actions?limit=50')).json()) as { items: { type: string; state: string }[] }).items;
    try {
      expect((await call('/inbound/email', { type: 'message/rfc822', body: MAIL })).status).toBeLessThan(300);
      await eventually(async () => expect((await actions()).map(({ state }) => state).sort()).toEqual(['executed', 'held']), { timeoutMs: 30_000 });
      const rebuilt = await call('/api/rebuild', { type: 'application/json', body: '{}' });
      expect(await rebuilt.json()).toMatchObject({ complete: true, stores: expect.arrayContaining([expect.objectContaining({ name: 'policy', ok: true }), expect.objectContaining({ name: 'memory', ok: true })]) });
    } finally {
      await running.stop();
    }
    expect(await readFile(join(nats.folder, 'nats.log'), 'utf8')).not.toMatch(/violation/i);
  }, 60_000);

  it('keep an agent from saying what another may, and from the names of other companies', async () => {
    const names = new BrokerNames(prefix);
    const settings = { ...DEFAULT_BROKER_SETTINGS, ...place };
    const link = await openLink({ url: nats.url, service: 'triage', user: names.user('triage'), pass: 'secretOftriage', settings });
    const refused = async (subject: string) => expect(await outcome(link.jetstream.publish(subject, 'anything'))).toMatch(/permissions violation/i);
    try {
      expect(await outcome(link.jetstream.publish(names.subject(eventSubject(EmailTriaged.type, 'triage')), 'anything'))).toBe('stored');
      await refused(names.subject(eventSubject(ActionAuthorized.type, 'policy')));
      await refused(`other.${eventSubject(EmailTriaged.type, 'triage')}`);
      if (prefix !== undefined) await refused(eventSubject(EmailTriaged.type, 'triage'));
    } finally {
      await link.connection.close();
    }
  });
});

function outcome(publication: Promise<unknown>): Promise<string> {
  return publication.then(() => 'stored', (error: Error) => `${error.message} ${String(error.cause)}`);
}

/** The broker refuses a subscription after the fact; the first thing the subscriber hears is the refusal. */
function subscriptionProblem({ connection }: NatsLink, subject: string): Promise<string> {
  return new Promise((resolve) => {
    connection.subscribe(subject, { callback: (error) => resolve(error?.message ?? 'a message came through') });
  });
}
