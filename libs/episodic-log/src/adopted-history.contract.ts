import { episodeAt, episodesFrom, recordAll, stretchOf } from './episode-samples.ts';
import type { LogPlace } from './episodic-log.contract.ts';
import type { EpisodicLog } from './episodic-log.ts';

const EVERYTHING = { limit: 500 } as const;

/** Runs what EpisodicLog promises about histories over an adapter. Each test gets a place of its own. */
export function describeAdoptedHistory(name: string, makePlace: () => Promise<LogPlace>): void {
  describe(`the history of an episodic log: ${name}`, () => {
    const handles: EpisodicLog[] = [];
    let place: LogPlace;
    let log: EpisodicLog;

    const open = async (): Promise<EpisodicLog> => {
      const handle = await place.open();
      handles.push(handle);
      return handle;
    };

    beforeEach(async () => {
      place = await makePlace();
      log = await open();
    });
    afterEach(async () => {
      for (const handle of handles.splice(0)) await handle.close();
      await place.remove();
    });

    const episodes = episodesFrom(1, 4);

    it('keeps everything as long as the history is the same, closed and opened again too', async () => {
      expect(await log.adopt('one')).toBe(false);
      await recordAll(log, episodes);
      expect(await log.adopt('one')).toBe(false);
      await handles.pop()?.close();
      const reopened = await open();
      expect(await reopened.adopt('one')).toBe(false);
      expect(await reopened.lastSequence()).toBe(4);
      expect(await reopened.timeline('story-1')).toEqual(episodes);
    });

    it('keeps what a log has that was of no history yet', async () => {
      await recordAll(log, episodes);
      expect(await log.adopt('one')).toBe(false);
      expect(await log.lastSequence()).toBe(4);
    });

    it('forgets everything of another history, once, and the new one can be recorded', async () => {
      await log.adopt('one');
      await recordAll(log, episodes);
      const other = await open();
      expect(await other.adopt('two')).toBe(true);
      expect(await log.adopt('two')).toBe(false);
      expect([await log.lastSequence(), await log.find(EVERYTHING)]).toEqual([0, []]);
      const anew = episodeAt(1, { id: 'evt_of_two' });
      expect(await log.record(stretchOf([anew]))).toBe(1);
      expect(await log.find(EVERYTHING)).toEqual([anew]);
      expect(await log.adopt('one')).toBe(true);
      expect(await log.lastSequence()).toBe(0);
    });

    it('is of the same history after it was cleared', async () => {
      await log.adopt('one');
      await log.clear();
      await recordAll(log, episodes);
      expect(await log.adopt('one')).toBe(false);
      expect(await log.lastSequence()).toBe(4);
    });
  });
}
