import { agentService } from '@troupe/agent-kit';
import { CorrespondenceAgent } from './correspondence.agent.ts';

export { CorrespondenceAgent };
export const correspondence = agentService(CorrespondenceAgent);
