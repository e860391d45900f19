import { agentService } from '@troupe/agent-kit';
import { VerifierAgent } from './verifier.agent.ts';

export { VerifierAgent };
export const verifier = agentService(VerifierAgent);
