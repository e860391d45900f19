import { runService } from '@troupe/agent-kit';
import { triage } from './index.ts';

await runService(triage);
