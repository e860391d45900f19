import { asksIn } from './mail-facts.ts';
import { viewOf } from './mail-view.ts';
import { summaryOf } from './summary.ts';
import { Mail } from './triage-contract.ts';
import type { Category } from './triage-contract.ts';

function summary(category: Category, text: string, subject = 'Subject'): string {
  const view = viewOf(Mail.parse({ subject, text }));
  return summaryOf(view, category, asksIn(view.words));
}

describe('summaryOf', () => {
  const text = 'Hi Mira,\nI hope you are well. The export stopped working on Monday. I paid invoice 12 last week.\nBest\nAnna';

  it('picks the sentence that speaks of what the mail was judged to be about', () => {
    expect(summary('support', text)).toBe('The export stopped working on Monday.');
    expect(summary('billing', text)).toBe('I paid invoice 12 last week.');
  });

  it('takes the subject when there is nothing but courtesy', () => {
    expect(summary('personal', 'Hi Mira,\nBest regards', 'Lunch on Friday?')).toBe('Lunch on Friday?');
  });

  it('cuts a long sentence between words, and one without spaces anywhere, and adds nothing', () => {
    const long = `The export is broken ${'and slow '.repeat(60)}`.trim();
    expect(long.startsWith(summary('support', long))).toBe(true);
    expect(summary('support', long).length).toBeLessThanOrEqual(240);
    expect(summary('support', 'a'.repeat(1000))).toBe('a'.repeat(240));
  });
});
