import { runService } from '@troupe/agent-kit';
import { verifier } from './index.ts';

await runService(verifier);
