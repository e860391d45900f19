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

/** Every service of Troupe: what `npm start` hosts, and whose users and rights on the broker are generated. */
export const services: readonly ServiceDefinition[] = [
  memory, engine, triage, correspondence, dunning, verifier, policy, connectors, inbox, gateway,
];
