import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionAuthorized, ActionProposed, EmailTriaged, eventSubject, RecallEpisodes } from '@troupe/contracts';
import { openLink, type NatsLink } from '@troupe/messaging';
import { natsPasswordVariable, startServices } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { freePort, startTestNats, type TestNats } from '@troupe/testkit';
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

function outcome(publication: Promise<unknown>): Promise<string> {
  return publication.then(() => 'stored', (error: Error) => `${error.message} ${String(error.cause)}`);
}

/** The broker refuses a subscription after the fact; the first thing the subscriber hears is the refusal. */
function subscriptionProblem({ connection }: NatsLink, subject: string): Promise<string> {
  return new Promise((resolve) => {
    connection.subscribe(subject, { callback: (error) => resolve(error?.message ?? 'a message came through') });
  });
}
