import { waitingSince, waitingWhat } from './waiting-words.ts';

const now = new Date(2026, 10, 23, 14, 30).getTime();

describe('what is said of a wait', () => {
  it.each([
    ['within a day the time', new Date(2026, 10, 23, 14, 2), /^connectors has waited since 0?2:02.PM$|^connectors has waited since 14:02$/],
    ['later the day too', new Date(2026, 10, 20, 14, 2), /^connectors has waited since .*20.*2026.*:02/],
  ])('%s', (_name, since, expected) => {
    expect(waitingSince({ service: 'connectors', since: since.toISOString() }, now)).toMatch(expected);
  });

  it.each([
    [1, 'run', '1 message, in run'],
    [12, 'recordEvent', '12 messages, in recordEvent'],
    [2, 'redrive.run', '2 messages, in run (tried again)'],
  ])('%s in %s', (messages, handler, expected) => {
    expect(waitingWhat({ messages, handler })).toBe(expected);
  });
});
