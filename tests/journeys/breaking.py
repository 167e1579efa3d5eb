"""A browser whose database refuses, at the turn of a switch, in the ways that databases do."""

from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page

# Set `window.fault` and the database of this page fails in that way until it is null again.
BREAKS = """
(() => {
  window.fault = null;
  const refuse = (name) => { throw new DOMException('made to fail', name); };
  const around = (proto, name, act) => {
    const real = proto[name];
    proto[name] = function (...given) { return act.call(this, real.bind(this), given); };
  };
  for (const name of ['put', 'add']) {
    around(IDBObjectStore.prototype, name, function (real, given) {
      if (window.fault === 'full') refuse('QuotaExceededError');
      const asked = real(...given);
      if (window.fault === 'aborted') this.transaction.abort();
      return asked;
    });
  }
  around(IDBDatabase.prototype, 'transaction', function (real, given) {
    if (['closed', 'blocked'].includes(window.fault)) this.close();
    return real(...given);
  });
  around(IDBFactory.prototype, 'open', function (real, given) {
    if (window.fault === 'closed') refuse('UnknownError');
    if (window.fault !== 'blocked') return real(...given);
    // Another window holds an older version and does not let go.
    const waits = real('never-' + Math.random());
    waits.addEventListener('success', (event) => event.stopImmediatePropagation());
    waits.addEventListener('upgradeneeded', (event) => event.stopImmediatePropagation());
    setTimeout(() => waits.dispatchEvent(new IDBVersionChangeEvent('blocked')));
    return waits;
  });
})();
"""


def can_break(context: BrowserContext) -> None:
    """From the next page on."""
    context.add_init_script(BREAKS)


def breaks(page: Page, fault: str | None) -> None:
    """`full`, `aborted`, `closed` or `blocked`; None is all well again."""
    page.evaluate("fault => { window.fault = fault; }", fault)


def takes_stores_away(page: Page, origin: str) -> None:
    """As the browser's own tools do, while the app has its store open."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})
    with suppress(Error):
        session.detach()
