import { formatCard, formatCards, formatStatus, formatTable, formatTimeline, formatVerdict } from './formatting.ts';
import type { ActionCard } from './operator-api.ts';

const CARD: ActionCard = {
  id: 'act-1',
  type: 'email.send',
  summary: 'To anna@example.com: Re: Export',
  state: 'held',
  tier: 'T2',
  reversibility: 'irreversible',
  digest: 'sha256-x',
  fields: [{ label: 'Cc', text: '' }, { label: 'Subject', text: 'Re: Export' }, { label: 'Body', text: 'Hello Anna\nIt works again.' }],
  agent: { name: 'correspondence', version: '1.0.0' },
  storyId: 'story-1',
  waitsBecause: 'it leaves the company',
  holdUntil: null,
  deferred: null,
  policy: { decision: 'permit_with_owner', reasons: ['outbound mail waits for the owner'] },
  evidence: [{ claim: 'The export stops at 500 rows', source: 'evt-1', grounds: 'sourced' }],
  createdAt: '2026-01-12T08:00:00.000Z',
};

describe('formatting', () => {
  it('lists cards in columns', () => {
    expect(formatCards([CARD])).toBe(
      [
        'ID     STATE  ACTION      TIER  AGENT           WHAT',
        'act-1  held   email.send  T2    correspondence  To anna@example.com: Re: Export',
      ].join('\n'),
    );
    expect(formatCards([])).toBe('No actions.');
  });

  it('shows everything one needs to decide on a card', () => {
    const text = formatCard(CARD);
    expect(text).toContain('state    held; it leaves the company\n');
    expect(text).toContain('policy   permit_with_owner: outbound mail waits for the owner');
    expect(text).not.toContain('Cc');
    expect(text).toContain('Subject: Re: Export\nBody:\nHello Anna\nIt works again.');
    expect(text).toContain('- The export stops at 500 rows (sourced, evt-1)');
  });

  it('says what an action waits for that was put off', () => {
    const deferred = { failure: { message: 'mx.example put it off: 450 greylisted' }, nextTryAt: '2026-01-12T08:05:00Z' };
    expect(formatCard({ ...CARD, state: 'authorized', waitsBecause: null, deferred })).toContain(
      'state    authorized; mx.example put it off: 450 greylisted; next try at 2026-01-12T08:05:00Z\n',
    );
  });

  it('says what became of a decision', () => {
    expect(formatVerdict({ ...CARD, state: 'denied' })).toBe('act-1: denied.');
    expect(formatVerdict({ ...CARD, state: 'authorized', holdUntil: '2026-01-12T08:00:10Z' })).toMatch(/runs at 2026-01-12T08:00:10Z, until then undo act-1/);
    expect(formatVerdict({ recorded: true, hint: 'Policy has not answered yet.' })).toBe('Policy has not answered yet.');
  });

  it('keeps a story in its order, and each event on one line', () => {
    const events = [
      { time: '2026-01-12T08:00:00Z', type: 'evt.email.received', agent: 'gateway', summary: 'Anna wrote:\nthe export stops' },
      { time: '2026-01-12T08:00:01Z', type: 'evt.email.classified', agent: 'triage', summary: 'support' },
    ];
    expect(formatTimeline(events).split('\n')).toEqual([
      '2026-01-12T08:00:00Z  evt.email.received    gateway  Anna wrote: the export stops',
      '2026-01-12T08:00:01Z  evt.email.classified  triage   support',
    ]);
  });

  it('says which part fails, and what waits', () => {
    const parts = { broker: { ok: false, detail: 'no answer' } };
    const text = formatStatus({ status: 'unavailable', parts }, { states: { held: 2, executed: 0 }, deadLetters: 1 });
    expect(text.split('\n')).toEqual(['troupe        unavailable', 'broker        failing, no answer', 'actions       2 held', 'dead letters  1']);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(formatTable(['A', 'B'], [['long', ''], ['x', 'y']])).toBe('A     B\nlong\nx     y');
  });
});
