import type { Origin } from '@troupe/contracts';
import { episodeAt, stretchOf } from './episode-samples.ts';
import type { EpisodicLog } from './episodic-log.ts';

/** What EpisodicLog promises of where events come from; `log` is an empty one for each test. Part of `describeEpisodicLog`. */
export function describeOrigins(log: () => EpisodicLog): void {
  describe('where events come from', () => {
    const origins = ['system', 'system', 'operator', 'external', 'external', 'system'] as const;
    const episodes = origins.map((origin, index) => episodeAt(index + 1, { origin, correlationid: 'story-1' }));
    const elsewhere = episodeAt(7, { origin: 'external', correlationid: 'story-2' });

    it('finds events by their ids, of whatever story, each once, and none for an id that nobody recorded', async () => {
      await log().record(stretchOf([...episodes, elsewhere]));
      const found = await log().byIds(['evt_7', 'evt_2', 'evt_gone', 'evt_2']);
      expect(found.sort((one, other) => one.sequence - other.sequence)).toEqual([episodes[1], elsewhere]);
      expect(await log().byIds([])).toEqual([]);
    });

    it('finds the first event of an origin in a story, up to a sequence', async () => {
      await log().record(stretchOf([...episodes, elsewhere]));
      const first = async (...[origin, through]: [Origin, number]) => (await log().firstOf('story-1', origin, through))?.sequence;
      expect(await Promise.all([first('system', 9), first('operator', 9), first('external', 9)])).toEqual([1, 3, 4]);
      expect(await Promise.all([first('operator', 3), first('operator', 2), first('external', 3)])).toEqual([3, undefined, undefined]);
      expect(await log().firstOf('story-2', 'system', 9)).toBeUndefined();
    });
  });
}
