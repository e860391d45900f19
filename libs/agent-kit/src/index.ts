export { Agent, agentCard, agentService, type AgentCard } from './agent.ts';
export { On } from './on.ts';
export { Story, type Proposal, type StoryPorts } from './story.ts';
export { defineTask, type Task, type TaskResult } from './task.ts';
export { runService, type ServiceDefinition } from '@troupe/service-host';
export { isEvent } from '@troupe/messaging';
