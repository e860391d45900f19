import { runService } from '@troupe/service-host';
import { connectors } from './index.ts';

await runService(connectors);
