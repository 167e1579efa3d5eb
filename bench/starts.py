"""From a start without a line to a usable round list, against a bare Svelte and Dexie list.

Ours asks for the four words in between. Counted are the way to that question and the way from the
opened lock to the list; not how long somebody types, nor the lock, which is slow on purpose. What
the app gets done while its lock opens is won: it is time that the person waits anyway. How long
that is stands in the note.

Both are phones with a profile on disk, their main thread slowed four times, and hold the same
doors; both servers are stopped before the first start. The round of the demo is reloaded, so that
the old page is taken down as well; the full phone starts in a tab of its own, as from its icon.
Usable: every door is visible and the next one's button can be pressed, painted. Chromium cannot
slow a worker's thread: it runs at full speed on both sides. The fuller phone holds 60 households
beside its 40 doors, all sealed; its peer holds the doors alone, in clear.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from measuring import Promise, Result, compared, in_turns
from one_full_phone import DOORS, HOUSEHOLDS
from playwright.sync_api import Page, Playwright, sync_playwright

sys.path.append(str(Path(__file__).parents[1]))

from outreach.demo.people import PASSWORD
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import phone_says
from tests.journeys.locking import SHUT, choose_words, heading
from tests.journeys.server import Server

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "frontend" / "node_modules"
VOLUNTEER = "anna@wilgendam.example"
HOUSEHOLDS_OF_THE_DEMO = 2
SLOWED = 4
NOTE = (
    "{doors} doors, {households} households, {slowed}x slowed, sealed; without the typing of the"
    " words and their lock ({lock:.0f} ms apart); a bare Svelte and Dexie list of the same doors"
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


@dataclass(frozen=True)
class Phone:
    """What a phone holds, how much slower than its peer it may be, and how long its locks took."""

    name: str
    doors: int
    households: int
    most: float
    full: bool = False
    locks: list[float] = field(default_factory=list)


@dataclass
class _Tab:
    """Where the app is looked at; a fresh one for each start, or always the same that reloads."""

    page: Page
    fresh: bool

    @contextmanager
    def begun(self) -> Iterator[Page]:
        """The page as it begins; slowed as long as it is looked at."""
        address = self.page.url
        if self.fresh:
            old, self.page = self.page, self.page.context.new_page()
            old.close()
        self.page.bring_to_front()
        with _slowed(self.page):
            if self.fresh:
                self.page.goto(address, wait_until="commit")
            else:
                self.page.reload(wait_until="commit")
            yield self.page


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the table is what people read."""


def measure() -> list[Result]:
    """The demo's own round: milliseconds from the start of the navigation to the usable list."""
    return [_measured(Phone("offline-reload", doors=24, households=HOUSEHOLDS_OF_THE_DEMO, most=2))]


def measure_full() -> list[Result]:
    """The same on a phone that holds as much as it may."""
    full = Phone("offline.sealed-start", DOORS, HOUSEHOLDS, most=1.5, full=True)
    return [_measured(full)]


def _measured(phone: Phone) -> Result:
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        driver = closing.enter_context(sync_playwright())
        ours, doors = _ours(driver, folder, closing, phone)
        peer = _peer(driver, folder, closing, doors, phone)
        in_turns(ours, peer, times=1)  # warms both up
        phone.locks.clear()
        pairs = in_turns(ours, peer)
    note = NOTE.format(
        doors=phone.doors,
        households=phone.households,
        slowed=SLOWED,
        lock=statistics.median(phone.locks),
    )
    return compared(phone.name, pairs, "ms", note, Promise(phone.most))


def _ours(
    driver: Playwright, folder: Path, closing: ExitStack, holds: Phone
) -> tuple[Callable[[], float], list[dict[str, Any]]]:
    """Our app, signed in and synced, its server gone; and the doors that it holds."""
    server = Server(folder / "server")
    server.data_dir.mkdir()
    server.outreach("upgrade")
    server.outreach("demo", "reset")
    if holds.full:
        filling = [sys.executable, str(HERE / "one_full_phone.py"), VOLUNTEER]
        subprocess.run(filling, env=server.environment, cwd=HERE.parent, check=True)
    server.start()
    closing.callback(server.stop)
    page = _phone(driver, folder / "ours", closing, holds.doors)
    page.goto(server.url)
    page.get_by_label("E-mailadres").fill(VOLUNTEER)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    words = choose_words(page)
    page.evaluate("window.usableAt")
    page.get_by_text("alles binnen").wait_for()
    said = [one for one in json.loads(phone_says(page, words)) if "kind" in one]
    doors = _doors(said)
    held = (len(doors), sum(one["kind"] == "household" for one in said))
    if held != (holds.doors, holds.households):
        raise SystemExit(f"{holds.name}: the phone holds {held} doors and households")
    page.evaluate(CONTROLLED)
    server.stop()
    return partial(_open, _Tab(page, holds.full), words, holds.locks), doors


def _peer(
    driver: Playwright,
    folder: Path,
    closing: ExitStack,
    doors: list[dict[str, Any]],
    like: Phone,
) -> Callable[[], float]:
    """The bare list with the same doors, its server gone."""
    serving = partial(_Quiet, directory=str(_built_peer(folder / "list")))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = _phone(driver, folder / "peer", closing, len(doors))
        page.goto(f"http://localhost:{server.server_port}")
        page.locator("ul").wait_for(state="attached")
        page.evaluate(CONTROLLED)
        page.evaluate(WRITE_DOORS % IN_STORE, doors)
        server.shutdown()
    return partial(_see, _Tab(page, like.full))


def _built_peer(folder: Path) -> Path:
    """The peer, built beside the front end's packages; gives the built folder."""
    shutil.copytree(HERE / "peer-list", folder)
    (folder / "node_modules").symlink_to(PACKAGES)
    command = [str(PACKAGES / ".bin" / "vite"), "build", "--logLevel", "error"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "dist"


def _phone(driver: Playwright, profile: Path, closing: ExitStack, doors: int) -> Page:
    """A phone that notes when the list is usable, in every page it opens."""
    phone = PhoneBrowser(driver, profile)
    page = phone.open()
    closing.callback(phone.close)
    phone.context.add_init_script(PROBE % doors)
    return page


@contextmanager
def _slowed(page: Page) -> Iterator[None]:
    """Slowed only as long as it is looked at: what slows a page keeps a core busy all the time."""
    slowing = page.context.new_cdp_session(page)
    slowing.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    yield
    slowing.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    slowing.detach()


def _doors(dossiers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The doors of the round, as the phone holds them, each with its place in the order."""
    rounds = [one["body"] for one in dossiers if one["kind"] == "round"]
    places = {stop["id"]: stop["position"] for body in rounds for stop in body["stops"]}
    return [
        one | {"position": places[one["id"]]}
        for one in dossiers
        if one["kind"] == "stop" and one["id"] in places
    ]


def _open(tab: _Tab, words: list[str], locks: list[float]) -> float:
    """Until the words can be typed, and from the key to the list; the lock is noted apart."""
    with tab.begun() as page:
        asked = float(page.evaluate(ASKED))
        heading(page, SHUT).wait_for()
        page.get_by_label("Je vier woorden").fill(" ".join(words))
        pressed = float(page.evaluate("performance.now()"))
        page.get_by_role("button", name="Openen", exact=True).click()
        usable = float(page.evaluate("window.usableAt"))
        key = float(page.evaluate(KEY_AT))
    locks.append(key - pressed)
    return asked + usable - key


def _see(tab: _Tab) -> float:
    with tab.begun() as page:
        return float(page.evaluate("window.usableAt"))
