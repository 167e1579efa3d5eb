/**
 * The app may live below a path of its own, such as "/voordeur". The build does not know: a built
 * script finds out from its own address. All paths inside the app are without it.
 */

/** The part before `/assets/` of a built script's address: "" or "/voordeur". */
export function prefixOf(script: string): string {
  return new URL(script).pathname.replace(/\/assets\/[^/]*$/, '');
}

/** `/door/1` as the browser's address: `/voordeur/door/1`. What is no path of ours stays. */
export function below(prefix: string, path: string): string {
  return path.startsWith('/') ? `${prefix}${path}` : path;
}

/** The path inside the app of an address; null when it lies outside. */
export function inside(prefix: string, pathname: string): string | null {
  return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : null;
}

// The dev server and the tests keep scripts elsewhere, and the app at the root.
const here = import.meta.env.PROD ? prefixOf(import.meta.url) : '';

/** Where a path of ours, or of the server, lies here; put it on every link. */
export function addressOf(path: string): string {
  return below(here, path);
}

/** Which path of ours an address is; null when it is not ours. */
export function pathOf(pathname: string): string | null {
  return inside(here, pathname);
}
