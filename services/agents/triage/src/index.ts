import { agentService } from '@troupe/agent-kit';
import { TriageAgent } from './triage.agent.ts';

export { TriageAgent };
export const triage = agentService(TriageAgent);
