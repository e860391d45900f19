import { runService } from '@troupe/service-host';
import { policy } from './index.ts';

await runService(policy);
