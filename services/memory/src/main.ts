import { runService } from '@troupe/service-host';
import { memory } from './index.ts';

await runService(memory);
