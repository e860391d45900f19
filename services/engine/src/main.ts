import { runService } from '@troupe/service-host';
import { engine } from './index.ts';

await runService(engine);
