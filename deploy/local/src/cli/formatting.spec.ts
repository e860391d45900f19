import { formatCard, formatCards, formatTable, formatTimeline, summarizeArgs } from './formatting.ts';
import type { ActionCard } from './operator-api.ts';

const CARD: ActionCard = {
  id: 'act-1',
  type: 'email.send',
  state: 'held',
  tier: 'T2',
  digest: 'sha256-x',
  args: { to: ['anna@example.com'], subject: 'Re: Export', body: 'Hello Anna' },
  agent: { name: 'correspondence', version: '1.0.0' },
  storyId: 'story-1',
  createdAt: '2026-01-12T08:00:00.000Z',
  policy: { decision: 'hold', reasons: ['outbound mail waits for the owner'] },
  evidence: [{ claim: 'The export stops at 500 rows', source: 'evt-1', grounds: 'sourced' }],
};

describe('formatting', () => {
  it('lists cards in columns', () => {
    expect(formatCards([CARD])).toBe(
      ['ID     STATE  ACTION      TIER  AGENT           WHAT', 'act-1  held   email.send  T2    correspondence  anna@example.com: Re: Export'].join('\n'),
    );
    expect(formatCards([])).toBe('No actions.');
  });

  it('shows everything one needs to decide on a card', () => {
    const text = formatCard(CARD);
    for (const part of ['act-1', 'hold: outbound mail waits for the owner', 'body: Hello Anna', '- The export stops at 500 rows (sourced, evt-1)']) {
      expect(text).toContain(part);
    }
  });

  it('orders a story by time', () => {
    const events = [
      { id: '2', type: 'evt.email.classified', time: '2026-01-12T08:00:01Z', agent: 'triage' },
      { id: '1', type: 'evt.email.received', time: '2026-01-12T08:00:00Z' },
    ];
    expect(formatTimeline(events).split('\n')[0]).toMatch(/evt\.email\.received$/);
  });

  it('summarises arguments that are no mail by their values', () => {
    expect(summarizeArgs({ customer: 'cus_1', days: 30 })).toBe('cus_1: 30');
  });

  it('leaves no blanks at the end of a line', () => {
    expect(formatTable(['A', 'B'], [['long', ''], ['x', 'y']])).toBe('A     B\nlong\nx     y');
  });
});
