const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** `1 request`, `1,204 requests`: a count with the word it counts. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : more}`;
}
