import { brokerAuthorization, passwordsOf, type Credentials, type ServiceDefinition } from '@troupe/service-host';
import { startTestNats } from '@troupe/testkit';

/** A broker with its users and permissions as shipped, and one user more who may do everything: the bench itself. */
export interface BenchBroker {
  readonly url: string;
  readonly credentials: (service: string) => Credentials | undefined;
  /** The user that puts in what a flow begins with and watches what comes out. */
  readonly bench: Credentials;
  stop(): Promise<void>;
}

const BENCH: Credentials = { user: 'bench', pass: 'pass-of-bench' };

/** Starts a nats-server on which each of these services has only the rights that its declaration gives it. */
export async function startBenchBroker(definitions: readonly ServiceDefinition[]): Promise<BenchBroker> {
  const passwords = Object.fromEntries(definitions.map(({ name }) => [name, `pass-of-${name}`]));
  const authorization = brokerAuthorization({ services: definitions, passwordOf: (name) => passwords[name] ?? '' });
  const benchUser = `{ user: ${BENCH.user}, password: "${BENCH.pass}" }`;
  const nats = await startTestNats({ extraConfig: authorization.replace('users = [', `users = [\n    ${benchUser}`) });
  return { url: nats.url, credentials: passwordsOf(passwords), bench: BENCH, stop: () => nats.stop() };
}
