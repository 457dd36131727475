/** One page of a list; `nextCursor` asks for the next one, null is the end. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** Cuts a page from rows of which one more than `limit` was asked for. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  to: { item: (row: Row) => Item; cursor: (row: Row) => string },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(to.item),
    nextCursor: rows.length > limit && last !== undefined ? to.cursor(last) : null,
  };
}
