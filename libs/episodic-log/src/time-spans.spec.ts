import { rangeOf, spansOf, windowOf } from './time-spans.ts';

const at = (sequence: number, timeMs: number) => ({ sequence, timeMs });

describe('the spans of time of a stretch', () => {
  it.each([
    ['in order', [at(1, 10), at(2, 20), at(3, 30)]],
    ['backwards', [at(1, 30), at(2, 20), at(3, 10)]],
    ['both ends in the middle', [at(1, 20), at(2, 10), at(3, 30), at(4, 20)]],
  ])('are as wide as the earliest and the latest of their events: %s', (_what, events) => {
    expect(spansOf(events)).toEqual([{ span: 0, fromMs: 10, toMs: 30 }]);
  });

  it('are one for every 1,024 sequences, and cover them without a gap', () => {
    const spans = spansOf([at(1_023, 1), at(1_024, 2), at(5_000, 3)]);
    expect(spans.map(({ span }) => span)).toEqual([0, 1, 4]);
    expect([rangeOf(0, 0), rangeOf(1, 4)]).toEqual([{ from: 0, to: 1_023 }, { from: 1_024, to: 5_119 }]);
  });
});

describe('the window of a filter', () => {
  it('is none without a time, and open to the side that is not given', () => {
    expect(windowOf({})).toBeUndefined();
    expect(windowOf({ since: '1970-01-01T00:00:01Z' })).toEqual({ fromMs: 1_000, toMs: 8.64e15 });
    expect(windowOf({ until: '1970-01-01T00:00:01Z' })).toEqual({ fromMs: -8.64e15, toMs: 1_000 });
  });
});
