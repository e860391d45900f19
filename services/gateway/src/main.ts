import { runService } from '@troupe/service-host';
import { gateway } from './index.ts';

await runService(gateway);
