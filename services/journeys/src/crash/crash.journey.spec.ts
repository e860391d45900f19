import { StoryEnds } from '../harness/story-end.ts';
import { runCrashTest, type CrashRun } from './crash-run.ts';
import { replyEnd } from './evidence.ts';
import { CRASH_POINTS } from './strike-plan.ts';

const MAILS = 40;

/** The small one of `npm run crash`: every named point once, and the broker. */
describe('services and broker are killed while mails are on their way', () => {
  let run: CrashRun;

  beforeAll(async () => {
    run = await runCrashTest({
      ...{ mails: MAILS, outgoing: 'smtp', seed: 1, overMs: 30_000, rounds: 1, kills: 3, brokerKills: 1, settleMs: 150_000 },
      say: () => undefined,
    });
  }, 300_000);

  it('no mail is lost, no reply leaves twice, every story ends', () => {
    expect(run.problems).toEqual([]);
    expect(run.evidence.stories).toHaveLength(MAILS);
    expect(run.evidence.stories.map(replyEnd)).not.toContain(StoryEnds.unfinished);
  });

  it('each named point was reached, and replies went out all the same', () => {
    const reached = run.evidence.deaths.flatMap((death) => (death.kind === 'crash_point' ? [death.point.split(':')[0]] : []));
    expect([...new Set(reached)].sort()).toEqual(Object.keys(CRASH_POINTS).sort());
    expect(run.evidence.sent.length).toBeGreaterThan(MAILS / 4);
  });
});
