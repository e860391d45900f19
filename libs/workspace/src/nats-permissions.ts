import { brokerAuthorization, natsPasswordVariable, type ServiceDefinition } from '@troupe/service-host';

/**
 * The permissions file of a broker that all services share (I10). The passwords stay outside: nats-server takes each
 * from its environment, and does not start when one is missing.
 */
export function natsPermissionsText(services: readonly ServiceDefinition[]): string {
  const authorization = brokerAuthorization(services, (service) => ({ environmentVariable: natsPasswordVariable(service) }));
  return [
    '# What each service may say and hear, written from what it declares by `npm run generate --workspace @troupe/workspace`.',
    '# Do not edit. Each password comes from the environment of nats-server: letters and digits, beginning with a letter.',
    authorization,
  ].join('\n');
}
