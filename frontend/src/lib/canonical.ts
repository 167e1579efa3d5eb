/** One text for each value, whatever the order of its keys. */

/** As the server writes it to make a version: keys in order, no spaces. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, said]) => `${JSON.stringify(name)}:${canonical(said)}`).join(',')}}`;
}
