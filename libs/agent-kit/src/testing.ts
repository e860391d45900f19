export { givenMemory, type AgentScenario, type Outcome, type ProposedAction } from './agent-scenario.ts';
