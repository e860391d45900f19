import { canUndo, isHolding } from './undo.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const later = '2026-11-23T12:00:10.000Z';
const earlier = '2026-11-23T11:59:50.000Z';

describe('undo', () => {
  it('is there while the hold window is open and gone when it closes', () => {
    expect(canUndo({ state: 'authorized', holdUntil: later, reversibility: 'irreversible', undoing: false }, nowMs)).toBe(true);
    expect(canUndo({ state: 'authorized', holdUntil: earlier, reversibility: 'irreversible', undoing: false }, nowMs)).toBe(false);
    expect(canUndo({ state: 'authorized', holdUntil: later, reversibility: 'irreversible', undoing: true }, nowMs)).toBe(false);
    expect(isHolding({ state: 'executed', holdUntil: later }, nowMs)).toBe(false);
  });

  it('is there afterwards only for what has a compensation', () => {
    expect(canUndo({ state: 'executed', holdUntil: null, reversibility: 'reversible', undoing: false }, nowMs)).toBe(true);
    expect(canUndo({ state: 'executed', holdUntil: null, reversibility: 'irreversible', undoing: false }, nowMs)).toBe(false);
    expect(canUndo({ state: 'held', holdUntil: null, reversibility: 'reversible', undoing: false }, nowMs)).toBe(false);
  });
});
