import { connectors } from '@troupe/connectors';
import { correspondence } from '@troupe/correspondence';
import { dunning } from '@troupe/dunning';
import { engine } from '@troupe/engine';
import { gateway } from '@troupe/gateway';
import { inbox } from '@troupe/inbox';
import { memory } from '@troupe/memory';
import { policy } from '@troupe/policy';
import type { ServiceDefinition } from '@troupe/service-host';
import { triage } from '@troupe/triage';
import { verifier } from '@troupe/verifier';

/** Every service of Troupe. A new one is added here to run in one process; alone it needs nothing but the broker. */
export const services: readonly ServiceDefinition[] = [
  memory, engine, triage, correspondence, dunning, verifier, policy, connectors, inbox, gateway,
];
