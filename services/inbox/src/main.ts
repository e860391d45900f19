import { runService } from '@troupe/service-host';
import { inbox } from './index.ts';

await runService(inbox);
