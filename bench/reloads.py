"""From a reload without a line to a usable round list, against a bare Svelte and Dexie list.

Ours asks for the four words in between. Counted are the way to that question and the way from the
opened lock to the list; not how long somebody types, nor the lock, which is slow on purpose.

Both are phones with a profile on disk, their main thread slowed four times, and hold the same 24
doors; both servers are stopped before the first reload. Usable: every door is visible and the next
one's button can be pressed, painted. Chromium cannot slow a worker's thread: it runs at full speed
on both sides.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from measuring import Result, compared, in_turns
from playwright.sync_api import Page, Playwright, sync_playwright

sys.path.append(str(Path(__file__).parents[1]))

from outreach.demo.people import PASSWORD
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import phone_says
from tests.journeys.locking import choose_words, open_with
from tests.journeys.server import Server

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "frontend" / "node_modules"
VOLUNTEER = "anna@wilgendam.example"
DOORS, SLOWED = 24, 4
NOTE = (
    f"{DOORS} doors, {SLOWED}x slowed, sealed, without the typing of the words and their Argon2id;"
    " a bare Svelte and Dexie list of the same rows; at most 2"
)

# Promises, because the content policy forbids what would let us ask again and again.
PROBE = """
const usable = () => {
  const next = document.querySelector('li[aria-current=step]');
  const doors = next === null ? [] : [...next.parentElement.children];
  return doors.filter((door) => door.checkVisibility()).length === %d
    && next.querySelector('button:not(:disabled)') !== null;
};
window.usableAt = new Promise((done, failed) => {
  setTimeout(() => failed(new Error('no usable list within a minute')), 60_000);
  const look = () => {
    // Noted a frame later: by then what was found has been painted.
    requestAnimationFrame(usable() ? () => done(performance.now()) : look);
  };
  requestAnimationFrame(look);
});
"""
# When the field for the words stands, painted; and when the key was known.
ASKED = """() => new Promise((done) => {
  const look = () => requestAnimationFrame(
    document.getElementById('opening-words') ? () => done(performance.now()) : look
  );
  look();
})"""
KEY_AT = "performance.getEntriesByName('voordeur-key').at(-1).startTime"
CONTROLLED = """() => navigator.serviceWorker.controller !== null || new Promise((done, failed) => {
  setTimeout(() => failed(new Error('no worker within a minute')), 60_000);
  navigator.serviceWorker.addEventListener('controllerchange', () => done(true), { once: true });
})"""
IN_STORE = """
const inStore = (name, stores, mode, work) => new Promise((done, failed) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(stores, mode);
    const request = work(transaction.objectStore(stores));
    transaction.oncomplete = () => { opening.result.close(); done(request.result); };
  };
});
"""
WRITE_DOORS = """async (doors) => {
  %s
  await inStore('peer-list', 'doors', 'readwrite', (store) => doors.map((d) => store.put(d))[0]);
}"""


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the table is what people read."""


def measure() -> list[Result]:
    """Milliseconds from the start of the navigation to the usable list."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        driver = closing.enter_context(sync_playwright())
        ours, doors = _ours(driver, folder, closing)
        peer = _peer(driver, folder, closing, doors)
        in_turns(ours, peer, times=1)  # warms both up
        pairs = in_turns(ours, peer)
    return [compared("offline-reload", pairs, "ms", NOTE)]


def _ours(
    driver: Playwright, folder: Path, closing: ExitStack
) -> tuple[Callable[[], float], list[dict[str, Any]]]:
    """Our app, signed in and synced, its server gone; and the doors that it holds."""
    server = Server(folder / "server")
    server.data_dir.mkdir()
    server.outreach("upgrade")
    server.outreach("demo", "reset")
    server.start()
    closing.callback(server.stop)
    page = _phone(driver, folder / "ours", closing)
    page.goto(server.url)
    page.get_by_label("E-mailadres").fill(VOLUNTEER)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    words = choose_words(page)
    page.evaluate("window.usableAt")
    page.get_by_text("alles binnen").wait_for()
    doors = _doors(phone_says(page, words))
    page.evaluate(CONTROLLED)
    server.stop()
    return partial(_reload_and_open, page, words), doors


def _peer(
    driver: Playwright, folder: Path, closing: ExitStack, doors: list[dict[str, Any]]
) -> Callable[[], float]:
    """The bare list with the same doors, its server gone."""
    serving = partial(_Quiet, directory=str(_built_peer(folder / "list")))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = _phone(driver, folder / "peer", closing)
        page.goto(f"http://localhost:{server.server_port}")
        page.locator("ul").wait_for(state="attached")
        page.evaluate(CONTROLLED)
        page.evaluate(WRITE_DOORS % IN_STORE, doors)
        server.shutdown()
    return partial(_reload, page)


def _built_peer(folder: Path) -> Path:
    """The peer, built beside the front end's packages; gives the built folder."""
    shutil.copytree(HERE / "peer-list", folder)
    (folder / "node_modules").symlink_to(PACKAGES)
    command = [str(PACKAGES / ".bin" / "vite"), "build", "--logLevel", "error"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "dist"


def _phone(driver: Playwright, profile: Path, closing: ExitStack) -> Page:
    """A slowed phone that notes when the list is usable, in every page it opens."""
    phone = PhoneBrowser(driver, profile)
    page = phone.open()
    closing.callback(phone.close)
    phone.context.add_init_script(PROBE % DOORS)
    slowing = phone.context.new_cdp_session(page)
    slowing.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def _doors(said: str) -> list[dict[str, Any]]:
    """The doors of the round, as the phone holds them, each with its place in the order."""
    dossiers = [one for one in json.loads(said) if "kind" in one]
    rounds = [one["body"] for one in dossiers if one["kind"] == "round"]
    places = {stop["id"]: stop["position"] for body in rounds for stop in body["stops"]}
    return [
        one | {"position": places[one["id"]]}
        for one in dossiers
        if one["kind"] == "stop" and one["id"] in places
    ]


def _reload_and_open(page: Page, words: list[str]) -> float:
    """Until the words can be typed, and from the key to the list; not the typing and its lock."""
    page.bring_to_front()
    page.reload(wait_until="commit")
    asked = float(page.evaluate(ASKED))
    open_with(page, words)
    usable = float(page.evaluate("window.usableAt"))
    return asked + usable - float(page.evaluate(KEY_AT))


def _reload(page: Page) -> float:
    page.bring_to_front()
    page.reload(wait_until="commit")
    return float(page.evaluate("window.usableAt"))
