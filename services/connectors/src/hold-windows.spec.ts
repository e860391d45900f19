import { HoldWindows, type HeldAuthorization } from './hold-windows.ts';

const STORED_AT = Date.UTC(2026, 10, 23, 7);
const HELD: HeldAuthorization = { eventId: 'evt_1', holdMs: 10_000, storedAtMs: STORED_AT };
const HOUR_MS = 3_600_000;

describe('a hold window', () => {
  let elapsedMs: number;
  let windows: HoldWindows;

  beforeEach(() => {
    elapsedMs = 0;
    windows = new HoldWindows(() => elapsedMs);
  });

  it('is over at once where there is none', () => {
    expect(windows.leftMs({ ...HELD, holdMs: 0 }, STORED_AT)).toBe(0);
  });

  it('lasts from when the broker stored the authorisation', () => {
    expect(windows.leftMs(HELD, STORED_AT + 300)).toBe(9_700);
    elapsedMs = 9_699;
    expect(windows.leftMs(HELD, STORED_AT + 9_999)).toBe(1);
    elapsedMs = 9_700;
    expect(windows.leftMs(HELD, STORED_AT + 10_000)).toBe(0);
  });

  it.each([
    ['an hour ahead', HOUR_MS],
    ['two seconds ahead, or the gate was away', 2_000],
    ['just behind', -1],
    ['an hour behind', -HOUR_MS],
  ])('is never shorter, and begins when it is first seen, when this clock is %s', (_name, offMs) => {
    expect(windows.leftMs(HELD, STORED_AT + offMs)).toBe(10_000);
    elapsedMs = 9_999;
    expect(windows.leftMs(HELD, STORED_AT + offMs + 9_999)).toBe(1);
    elapsedMs = 10_000;
    expect(windows.leftMs(HELD, STORED_AT + offMs + 10_000)).toBe(0);
  });

  it.each([HOUR_MS, -HOUR_MS])('does not mind a clock that is set by %d ms meanwhile', (jumpMs) => {
    windows.leftMs(HELD, STORED_AT);
    elapsedMs = 4_000;
    expect(windows.leftMs(HELD, STORED_AT + 4_000 + jumpMs)).toBe(6_000);
  });

  it('begins anew once it was forgotten, and is each authorisation’s own', () => {
    windows.leftMs(HELD, STORED_AT);
    elapsedMs = 8_000;
    expect(windows.leftMs({ ...HELD, eventId: 'evt_2' }, STORED_AT + 8_000)).toBe(10_000);
    expect(windows.leftMs(HELD, STORED_AT + 8_000)).toBe(2_000);
    windows.forget('evt_1');
    expect(windows.leftMs(HELD, STORED_AT + 8_000)).toBe(10_000);
  });
});
