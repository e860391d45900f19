import { brokerAuthorization, natsPasswordVariable, type BrokerPlace, type ServiceDefinition } from '@troupe/service-host';

/**
 * The permissions file of a broker that all services share (I10). The passwords stay outside: nats-server takes each
 * from its environment, and does not start when one is missing. With several places: of companies that share the broker.
 */
export function natsPermissionsText(services: readonly ServiceDefinition[], places: readonly BrokerPlace[] = [{}]): string {
  const companies = places.map((place) => ({ ...place, services, passwordOf: variableIn(place) }));
  const authorization = brokerAuthorization(...companies);
  return [
    '# What each service may say and hear, written from what it declares by `npm run generate --workspace @troupe/workspace`.',
    '# Do not edit. Each password comes from the environment of nats-server: letters and digits, beginning with a letter.',
    authorization,
  ].join('\n');
}

function variableIn({ prefix }: BrokerPlace): (service: string) => { environmentVariable: string } {
  return (service) => ({ environmentVariable: natsPasswordVariable(service, prefix) });
}
