import type { Stretch } from '@troupe/episodic-log';
import { episodeAt } from '@troupe/episodic-log/testing';
import { EpisodeBatch } from './episode-batch.ts';

/** `after-through: sequences` of a stretch. */
const short = ({ after, through, episodes }: Stretch): string => `${after}-${through}: ${episodes.map(({ sequence }) => sequence).join(' ')}`;

/** A batch over a store that refuses some sequences, and waits to be let on where it is told to. */
function makeBatch({ refused = [], gate }: { refused?: readonly number[]; gate?: Promise<void> } = {}) {
  const stored: string[] = [];
  const ends: string[] = [];
  const batch = new EpisodeBatch(async (stretch) => {
    await gate;
    const bad = stretch.episodes.find(({ sequence }) => refused.includes(sequence));
    if (bad) throw new Error(`refused ${bad.sequence}`);
    stored.push(short(stretch));
  });
  const add = (...sequences: readonly number[]): Promise<unknown> =>
    Promise.all(
      sequences.map((sequence) =>
        batch.add(episodeAt(sequence)).then(
          () => void ends.push(`${sequence} stored`),
          (error: Error) => void ends.push(`${sequence} ${error.message}`),
        ),
      ),
    );
  return { add, stored, ends };
}

describe('storing together what comes together', () => {
  it.each<[string, number[], string[]]>([
    ['one', [7], ['6-7: 7']],
    ['neighbours', [4, 5, 6], ['3-6: 4 5 6']],
    ['neighbours in another order', [6, 4, 5], ['3-6: 4 5 6']],
    ['a gap: nobody vouches for what lies in it', [4, 5, 8, 9, 11], ['3-5: 4 5', '7-9: 8 9', '10-11: 11']],
    ['the same twice', [4, 5, 4, 5], ['3-5: 4 4 5 5']],
  ])('%s', async (_name, sequences, expected) => {
    const { add, stored } = makeBatch();
    await add(...sequences);
    expect(stored).toEqual(expected);
  });

  it('says that an episode is stored only once it is', async () => {
    let open: () => void = () => undefined;
    const { add, ends } = makeBatch({ gate: new Promise((resolve) => (open = resolve)) });
    const all = add(1, 2);
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ends).toEqual([]);
    open();
    await all;
    expect(ends).toEqual(['1 stored', '2 stored']);
  });

  it('what comes while others are being stored is stored next, together', async () => {
    let open: () => void = () => undefined;
    const { add, stored } = makeBatch({ gate: new Promise((resolve) => (open = resolve)) });
    const first = add(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const rest = add(2, 3, 4);
    open();
    await Promise.all([first, rest]);
    expect(stored).toEqual(['0-1: 1', '1-4: 2 3 4']);
  });

  it('one that cannot be stored holds up those behind it, not those before it nor those beyond a gap', async () => {
    const { add, stored, ends } = makeBatch({ refused: [3] });
    await add(1, 2, 3, 4, 9);
    expect(stored).toEqual(['0-1: 1', '1-2: 2', '8-9: 9']);
    expect(ends.sort()).toEqual(['1 stored', '2 stored', '3 refused 3', '4 refused 3', '9 stored']);
  });

  it('goes on after a failure and after a pause', async () => {
    const { add, stored, ends } = makeBatch({ refused: [1] });
    await add(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await add(2, 3);
    expect(stored).toEqual(['1-3: 2 3']);
    expect(ends).toEqual(['1 refused 1', '2 stored', '3 stored']);
  });
});
