import { eventually } from '@troupe/testkit';
import { RunningInbox } from '../testing/running-inbox.ts';
import { mailFromAna } from '../testing/sample-events.ts';

const SLOW = { timeoutMs: 30_000 };

/** On a real nats-server: the file is as it was, the stream counts from 1 again. */
describe('a projection of a history that the broker does not keep any more', () => {
  let inbox: RunningInbox;

  beforeEach(async () => {
    inbox = await RunningInbox.start();
    await inbox.publish(...mails('old', 5));
    await eventually(async () => expect(await position()).toBe(5), SLOW);
  }, 30_000);
  afterEach(() => inbox.stop(), 30_000);

  const position = async (): Promise<number> => ((await inbox.call('GET', '/api/summary')).body as { sequence: number }).sequence;
  const isKnown = async (id: string): Promise<boolean> => (await inbox.call('GET', `/api/stories/${id}`)).status === 200;
  const holdsOnlyNew = (count: number) =>
    eventually(async () => {
      expect(await position()).toBe(count);
      expect([await isKnown('evt_old_1'), await isKnown('evt_old_5'), await isKnown('evt_new_1'), await isKnown(`evt_new_${count}`)]).toEqual([false, false, true, true]);
    }, SLOW);

  it.each([3, 5, 9])('is folded anew at a start, from the first of %s events', async (count) => {
    await inbox.restart(async () => {
      await inbox.beginHistoryAnew();
      await inbox.publish(...mails('new', count));
    });
    await holdsOnlyNew(count);
  }, 60_000);

  it.each([3, 9])('is folded anew while it follows, from the first of %s events', async (count) => {
    await inbox.beginHistoryAnew();
    await inbox.publish(...mails('new', count));
    await holdsOnlyNew(count);
  }, 60_000);

  it('goes on where it was on the same history', async () => {
    await inbox.restart(async () => void (await inbox.publish(...mails('new', 2))));
    await eventually(async () => expect(await position()).toBe(7), SLOW);
    expect([await isKnown('evt_old_1'), await isKnown('evt_new_2')]).toEqual([true, true]);
  }, 60_000);
});

function mails(name: string, count: number) {
  return Array.from({ length: count }, (_, index) => mailFromAna(`evt_${name}_${index + 1}`));
}
