export { givenMemory, happened, type AgentScenario, type Circumstances, type Outcome, type ProposedAction } from './agent-scenario.ts';
export { aFailedPayment, aMail, anEndedSubscription, aRefund } from './samples.ts';
