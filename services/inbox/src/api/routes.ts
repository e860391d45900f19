import { z } from 'zod';
import {
  AgentListReply, CardListQuery, CardListReply, DeadLetterListReply, DeadLetterSettledReply, DecisionRequest,
  DecisionsReply, DecisionsRequest, EpisodeListReply, EpisodeQuery, IdParams, LiveReply, PageQuery, ReadyReply, RebuildReply,
  RecordedReply, SessionReply, SessionRequest, StoryParams, StoryReply, SummaryReply,
} from './api.contract.ts';
import { CardSchema } from '../projection/card.contract.ts';
import type { Route } from './route.ts';

const decisionProblems = {
  404: 'There is no such action.',
  409: 'stale-digest, already-decided or expired: nothing was changed.',
  422: 'edit-refused, forbidden or invalid: policy or the action catalogue says no, with reasons.',
};
const recorded = { description: 'Stored, but policy has not answered yet. Watch the card.', schema: RecordedReply };
const idempotencyKey = { 'Idempotency-Key': 'The same key with the same decision is one decision, however often it is sent.' };

/** Every call there is. */
export const Routes = {
  createSession: {
    method: 'post', path: '/api/session', access: 'anyone',
    summary: 'Exchange the operator token for a session cookie',
    body: SessionRequest,
    replies: { 200: { description: 'The cookie is set.', schema: SessionReply } },
    problems: { 401: 'The token is wrong.', 429: 'Too many wrong tokens from this address; Retry-After says when.' },
  },
  endSession: {
    method: 'delete', path: '/api/session', access: 'anyone',
    summary: 'End the session',
    replies: { 204: { description: 'The cookie is cleared and the session no longer counts.' } },
  },
  listActions: {
    method: 'get', path: '/api/actions', access: 'operator',
    summary: 'Actions as cards, newest first',
    query: CardListQuery,
    replies: { 200: { description: 'A page of cards.', schema: CardListReply } },
  },
  getAction: {
    method: 'get', path: '/api/actions/:id', access: 'operator',
    summary: 'One card: action, digest, state, tier, provenance, evidence, policy reasons, history',
    params: IdParams,
    replies: { 200: { description: 'The card.', schema: CardSchema } },
    problems: { 404: 'There is no such action.' },
  },
  decide: {
    method: 'post', path: '/api/actions/:id/decision', access: 'operator',
    summary: 'Approve, edit, reject, respond or snooze. An edit approves the edited action if policy agrees; else it is held again',
    params: IdParams, body: DecisionRequest, headers: idempotencyKey,
    replies: { 200: { description: 'Policy has answered; this is the card now.', schema: CardSchema }, 202: recorded },
    problems: decisionProblems,
  },
  decideMany: {
    method: 'post', path: '/api/decisions', access: 'operator',
    summary: 'Many decisions at once, one result each',
    body: DecisionsRequest, headers: idempotencyKey,
    replies: { 200: { description: 'One result per decision, in order.', schema: DecisionsReply } },
  },
  undo: {
    method: 'post', path: '/api/actions/:id/undo', access: 'operator',
    summary: 'Stop it inside the hold window, else compensate',
    params: IdParams, headers: idempotencyKey,
    replies: { 200: { description: 'Stopped, or its compensation is on the way.', schema: CardSchema }, 202: recorded },
    problems: { 404: 'There is no such action.', 409: 'There is nothing to take back.', 422: 'It cannot be taken back.' },
  },
  getStory: {
    method: 'get', path: '/api/stories/:correlationId', access: 'operator',
    summary: 'The whole causal timeline of a story',
    params: StoryParams,
    replies: { 200: { description: 'Every event in stream order, and the cards.', schema: StoryReply } },
    problems: { 404: 'There is no such story.' },
  },
  listAgents: {
    method: 'get', path: '/api/agents', access: 'operator',
    summary: 'Who is here, their last work and what their model calls cost',
    replies: { 200: { description: 'Everyone who has produced an event.', schema: AgentListReply } },
  },
  listDeadLetters: {
    method: 'get', path: '/api/dead-letters', access: 'operator',
    summary: 'What could not be handled, and why; newest first',
    query: PageQuery,
    replies: { 200: { description: 'A page of dead letters.', schema: DeadLetterListReply } },
  },
  redriveDeadLetter: {
    method: 'post', path: '/api/dead-letters/:id/redrive', access: 'operator',
    summary: 'Hand the event to the handler that failed, once more',
    params: IdParams,
    replies: { 200: { description: 'It is on its way.', schema: DeadLetterSettledReply } },
    problems: { 404: 'There is no such dead letter, or it was settled already.' },
  },
  discardDeadLetter: {
    method: 'post', path: '/api/dead-letters/:id/discard', access: 'operator',
    summary: 'Give up on it for good',
    params: IdParams,
    replies: { 200: { description: 'It is gone.', schema: DeadLetterSettledReply } },
    problems: { 404: 'There is no such dead letter, or it was settled already.' },
  },
  listEpisodes: {
    method: 'get', path: '/api/episodes', access: 'operator',
    summary: 'Events as memory recorded them, newest first',
    query: EpisodeQuery,
    replies: { 200: { description: 'A page of episodes.', schema: EpisodeListReply } },
    problems: { 503: 'Memory does not answer or has not caught up.' },
  },
  getSummary: {
    method: 'get', path: '/api/summary', access: 'operator',
    summary: 'How many cards are in each state, and how many dead letters there are',
    replies: { 200: { description: 'The counts; states nobody is in are left out.', schema: SummaryReply } },
  },
  stream: {
    method: 'get', path: '/api/stream', access: 'operator',
    summary: 'Server-sent events: card, story, dead-letter, rebuilt. Last-Event-ID resumes',
    headers: { 'Last-Event-ID': 'The id of the last event seen: what changed since is sent first.' },
    replies: { 200: { description: 'An endless stream; comments keep it alive.', schema: z.string(), contentType: 'text/event-stream' } },
  },
  rebuild: {
    method: 'post', path: '/api/rebuild', access: 'operator',
    summary: 'Fold the inbox anew from the first event',
    replies: { 200: { description: 'How far it got; complete when everything is in again.', schema: RebuildReply } },
  },
  openapi: {
    method: 'get', path: '/api/openapi.json', access: 'anyone',
    summary: 'This document',
    replies: { 200: { description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) } },
  },
  healthz: {
    method: 'get', path: '/healthz', access: 'anyone',
    summary: 'Liveness',
    replies: { 200: { description: 'The process answers.', schema: LiveReply } },
  },
  readyz: {
    method: 'get', path: '/readyz', access: 'anyone',
    summary: 'Readiness by part',
    replies: { 200: { description: 'Every part is ready.', schema: ReadyReply }, 503: { description: 'Some part is not.', schema: ReadyReply } },
  },
  metrics: {
    method: 'get', path: '/metrics', access: 'anyone',
    summary: 'Prometheus text: counts only, nothing of their content',
    replies: { 200: { description: 'Metrics.', schema: z.string(), contentType: 'text/plain' } },
  },
} as const satisfies Record<string, Route>;
