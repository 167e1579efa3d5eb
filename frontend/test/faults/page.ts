/** What of a browser's page the sync core asks for, in Node: it must be imported before the core. */

const none = (): void => undefined;
const page = new EventTarget();

Object.assign(globalThis, {
  window: globalThis,
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
  dispatchEvent: page.dispatchEvent.bind(page),
  document: Object.assign(new EventTarget(), { visibilityState: 'visible', cookie: '' }),
  localStorage: { getItem: () => null, setItem: none, removeItem: none },
});
// Without Web Locks, as in an old browser: the turn is written in the store.
Object.defineProperty(globalThis, 'navigator', { value: { language: 'nl' }, configurable: true });
