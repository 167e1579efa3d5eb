/** Path patterns such as "/door/:stopId", and the parameters their type promises. */

type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** `PathParams<'/door/:stopId'>` is `{ stopId: string }`. */
export type PathParams<Path extends string> = Record<Names<Path>, string>;

export type Match = (path: string) => Record<string, string> | null;

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** A function that gives the parameters when a path fits the pattern, else null. */
export function compile(pattern: string): Match {
  const wanted = pattern.split('/');
  return (path) => {
    const given = path.split('/');
    if (given.length !== wanted.length) return null;
    const params: Record<string, string> = {};
    for (const [index, part] of wanted.entries()) {
      const value = given[index] ?? '';
      if (!part.startsWith(':')) {
        if (part !== value) return null;
        continue;
      }
      const decoded = decode(value);
      if (decoded === null || decoded === '') return null;
      params[part.slice(1)] = decoded;
    }
    return params;
  };
}

/** Fill a pattern in: `pathTo('/door/:stopId', { stopId })`. */
export function pathTo<Path extends string>(pattern: Path, params: PathParams<Path>): string {
  const values = params as Record<string, string>;
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
