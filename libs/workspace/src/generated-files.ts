import { join } from 'node:path';
import { ActionCatalogue, DeliveryResumed, DeliveryWaiting, EventCatalogue, MessageDeadLettered, StoryQuarantined } from '@troupe/contracts';
import { services } from '@troupe/solo';
import { catalogText } from './catalog.ts';
import { readContractDocs } from './contract-docs.ts';
import type { GeneratedFile } from './generated-file.ts';
import { natsPermissionsText } from './nats-permissions.ts';

/** Every generated file of the workspace at `root`, as it should be. */
export async function generatedFiles(root: string): Promise<GeneratedFile[]> {
  const docs = await readContractDocs(join(root, 'libs/contracts/src'));
  const catalog = catalogText({
    services,
    events: EventCatalogue,
    actions: ActionCatalogue,
    docs,
    platformEvents: [DeliveryResumed, DeliveryWaiting, MessageDeadLettered, StoryQuarantined],
  });
  return [
    { path: 'services/CATALOG.md', text: catalog },
    { path: 'deploy/nats/permissions.conf', text: natsPermissionsText(services) },
  ];
}
