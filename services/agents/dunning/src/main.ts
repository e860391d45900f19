import { runService } from '@troupe/agent-kit';
import { dunning } from './index.ts';

await runService(dunning);
