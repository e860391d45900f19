import type { MailStory, StoryAction } from '../harness/stories.ts';
import { watchRecovery, type Recovery } from './recovery.ts';

function story(id: string, state: StoryAction['state']): MailStory {
  const reply = { id: `act_${id}`, type: 'email.send', state, approvals: 0, authorizations: 0, attempts: 0, deferrals: 0, outcomes: 0 };
  return { id, messageId: `<${id}@crash.example>`, category: 'support', deadLetters: [], quarantined: false, actions: new Map([[reply.id, reply]]) };
}

/** What the stream shows at each look (the last one for ever), and a process that came up when it is asked, once for each of `ups`. */
async function recoveryOf(looks: readonly (readonly MailStory[])[], { ups = [Date.now()], dieAtLook = 0, settleMs = 5_000 } = {}): Promise<{ recovery: Recovery | undefined; said: string[] }> {
  const said: string[] = [];
  const deaths: unknown[] = [];
  const stream = { looks: 0, catchUp: () => Promise.resolve(0), stories: { all: looks[0] } };
  stream.catchUp = () => {
    stream.looks += 1;
    if (stream.looks === dieAtLook) deaths.push('killed');
    stream.stories.all = looks[Math.min(stream.looks, looks.length) - 1];
    return Promise.resolve(0);
  };
  const services = [{ deaths, whenUp: () => Promise.resolve(ups.length > 1 ? ups.shift() : ups[0]) }];
  const recovery = await watchRecovery({ services, stream } as never, { settleMs, say: (line) => void said.push(line) });
  return { recovery, said };
}

describe('the time to recover', () => {
  it('ends with the last story that was waiting when all were up; who came later does not count', async () => {
    const [held, stuck] = [story('a', 'held'), story('b', 'attempted')];
    const looks = [[held, stuck, story('c', 'executed')], [held, stuck], [story('a', 'executed'), stuck], [story('a', 'executed'), story('b', 'unknown'), story('d', 'held')]];
    const { recovery, said } = await recoveryOf(looks, { ups: [Date.now() - 10_000] });
    expect(recovery?.waiting).toBe(2);
    expect(recovery?.seconds).toBeGreaterThan(10.3);
    expect(recovery?.seconds).toBeLessThan(15);
    expect(said[0]).toMatch(/2 of 2 have not ended, 1 of them wait for the owner/);
  });

  it('is over at once where nothing waits', async () => {
    expect((await recoveryOf([[story('a', 'executed')]])).recovery).toMatchObject({ waiting: 0 });
  });

  it('begins anew when a process dies on the way', async () => {
    const later = Date.now() - 1_000;
    const looks = [[story('a', 'held')], [story('a', 'held')], [story('a', 'executed'), story('b', 'held')], [story('a', 'executed'), story('b', 'executed')]];
    const { recovery } = await recoveryOf(looks, { ups: [later - 60_000, later], dieAtLook: 2 });
    expect(recovery).toMatchObject({ waiting: 1 });
    expect(recovery?.seconds).toBeLessThan(10);
  });

  it('is not known when what waits does not end', async () => {
    expect((await recoveryOf([[story('a', 'proposed')]], { settleMs: 500 })).recovery).toBeUndefined();
  });
});
