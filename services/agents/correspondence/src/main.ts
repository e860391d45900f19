import { runService } from '@troupe/agent-kit';
import { correspondence } from './index.ts';

await runService(correspondence);
