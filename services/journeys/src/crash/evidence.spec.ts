import type { MailStory, StoryAction } from '../harness/stories.ts';
import { problemsIn, type Evidence } from './evidence.ts';

const REPLY: StoryAction = { id: 'act_1', type: 'email.send', state: 'executed', approvals: 1, authorizations: 1, attempts: 1, deferrals: 0, outcomes: 1 };
const SENT = { messageId: '<act_1.abc@acme.example>', inReplyTo: '<mail-1@crash.example>' };

function storyWith(...actions: StoryAction[]): MailStory {
  return {
    ...{ id: 'evt_1', messageId: SENT.inReplyTo, category: 'support', deadLetters: [], quarantined: false },
    actions: new Map(actions.map((action) => [action.id, action])),
  };
}

function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    ...{ accepted: [SENT.inReplyTo], notAccepted: [], stories: [storyWith(REPLY)], sent: [SENT], canTell: false },
    ...{ approved: new Set(['act_1']), cards: [{ id: 'act_1', state: 'executed' }], deaths: [], notReached: [], brokerKills: 3 },
    ...more,
  };
}

function withReply(state: StoryAction['state'], more: Partial<Evidence> = {}): Evidence {
  return evidence({ stories: [storyWith({ ...REPLY, state })], cards: [{ id: 'act_1', state }], ...more });
}

describe('what the crash test would notice', () => {
  it('is nothing when each reply left once', () => {
    expect(problemsIn(evidence())).toEqual([]);
  });

  it.each<readonly [string, Evidence, RegExp]>([
    ['a mail that was accepted and lost', evidence({ accepted: [SENT.inReplyTo, '<other@crash.example>'] }), /has no story/],
    ['a mail that became two stories', evidence({ stories: [storyWith(REPLY), storyWith(REPLY)] }), /more than one story/],
    ['a reply that left twice', evidence({ sent: [SENT, SENT] }), /left more than once/],
    ['a second reply under another id', evidence({ sent: [SENT, { ...SENT, messageId: '<act_2.abc@acme.example>' }] }), /answered more than once/],
    ['a reply that is said to have left and did not', evidence({ sent: [] }), /executed and left 0 times/],
    ['a second authorisation', evidence({ stories: [storyWith({ ...REPLY, authorizations: 2 })] }), /2 authorisations/],
    ['a reply stuck half-way', withReply('attempted', { sent: [] }), /ended as "unfinished"/],
    ['an approval that came to nothing', withReply('failed', { sent: [] }), /approved and did not run/],
    ['a doubt where the outside can tell', withReply('unknown', { canTell: true }), /is unknown/],
    ['a customer nobody answered', evidence({ stories: [storyWith({ ...REPLY, type: 'email.label' })], sent: [] }), /ended as "unfinished"/],
    ['an inbox that shows something else', evidence({ cards: [] }), /the inbox shows nothing/],
    ['a service that ended by itself', evidence({ deaths: [{ kind: 'by_itself', how: 'exit code 1' }] }), /ended by itself/],
  ])('%s', (_name, seen, problem) => {
    expect(problemsIn(seen).join('\n')).toMatch(problem);
  });

  it('not a doubt over live SMTP, where the mail left once or not at all', () => {
    expect(problemsIn(withReply('unknown'))).toEqual([]);
    expect(problemsIn(withReply('unknown', { sent: [] }))).toEqual([]);
  });
});
