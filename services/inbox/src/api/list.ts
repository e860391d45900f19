import type { Page } from '../projection/card-queries.ts';
import { encodeCursor } from '../projection/cursor.ts';

/** A page as the API gives it. */
export interface List<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export function toList<Item>({ items, next }: Page<Item>): List<Item> {
  return { items, nextCursor: next === undefined ? null : encodeCursor(next) };
}
