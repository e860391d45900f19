import { neighbour } from './neighbour.ts';

const cards = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

describe('the card J and K go to', () => {
  it('is the one beside the open one, and none past the ends', () => {
    expect(neighbour(cards, 'a', 0, 1)).toEqual({ id: 'b' });
    expect(neighbour(cards, 'c', 2, 1)).toBeUndefined();
    expect(neighbour(cards, 'a', 0, -1)).toBeUndefined();
  });

  it('is the first when none is open', () => {
    expect(neighbour(cards, undefined, 0, 1)).toEqual({ id: 'a' });
  });

  it('is the one that took the place of a card that left', () => {
    expect(neighbour(cards, 'gone', 1, 1)).toEqual({ id: 'b' });
    expect(neighbour(cards, 'gone', 1, -1)).toEqual({ id: 'a' });
    expect(neighbour(cards, 'gone', 3, 1)).toEqual({ id: 'c' });
    expect(neighbour([], 'gone', 0, 1)).toBeUndefined();
  });
});
