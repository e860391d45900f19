import { describeWith } from '@troupe/testkit';
import { StoryEnds } from './harness/story-end.ts';
import { runOutage } from './outage/outage-run.ts';
import type { Outside } from './outage/outage-world.ts';

/** The patience and the pauses of a quarter of an hour, shortened; `npm run outages` takes the whole quarter. */
const SHORT = { TROUPE_PATIENCE_SECONDS: '3', TROUPE_RETRY_FIRST_PAUSE_SECONDS: '2' };
const MAILS = 18;

describeWith('mongodb', 'something is away for long while mails arrive', () => {
  it.each<[string, Outside[], 'waits' | 'deferrals']>([
    ['the database of memory', ['memory'], 'waits'],
    ['the model', ['model'], 'waits'],
    ['the server for outgoing mail', ['outgoing'], 'deferrals'],
    ['all three', ['memory', 'model', 'outgoing'], 'waits'],
  ])('%s: no dead letter, and all ends well afterwards', async (_name, away, saidAs) => {
    const run = await runOutage({
      ...{ away, outageMs: 15_000, mails: MAILS, settleMs: 60_000, env: SHORT },
      ...{ mongodbUrl: process.env['MONGODB_URL'] ?? '', say: () => undefined },
    });
    expect(run.problems).toEqual([]);
    expect(run.ends).toHaveLength(MAILS);
    expect(run.ends.filter((end) => end === StoryEnds.replySent)).toHaveLength(run.sent);
    expect(run.sent).toBeGreaterThan(MAILS / 2);
    expect(run[saidAs]).toBeGreaterThan(0);
  }, 150_000);
});
