import { agentService } from '@troupe/agent-kit';
import { DunningAgent } from './dunning.agent.ts';

export { DunningAgent };
export const dunning = agentService(DunningAgent);
