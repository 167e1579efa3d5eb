"""Many kills in the life of a phone: `python -m tests.journeys.kills 500`, result in docs/proof.

Half of a life is without a line, half with; at its end the line is there, and the server must have
each thing once. A life has a process of its own, one for each core; what was broken off goes on
with the lives that are left.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from tests.journeys.acting import Volunteer, sign_in
from tests.journeys.conftest import PATIENCE, PhoneBrowser
from tests.journeys.holding import ask, count
from tests.journeys.killing import NOBODY, Killer
from tests.journeys.locking import open_with
from tests.journeys.server import Server
from tests.lanes import ROOT, Part, commit, in_lanes, keep

RESULT = ROOT / "docs" / "proof" / "kills.json"
# Kills in one life; a life is lived whole or not at all.
LIFE = 100
# A loose note waits for a person by its nature, with its words as JSON writes them.
LOOSE = "draft.loose"
LOOSE_SAYS = "quarantined WHERE kind = ? AND instr(body, ?) > 0"
EVERY_DOOR = "links => [...new Set(links.map((link) => link.getAttribute('href')))]"


def play(server: Server, phone: PhoneBrowser, kills: int, seed: int) -> dict[str, Any]:
    """So many kills; says what was lost, what came twice, and what was done."""
    killer = begin(server, phone, seed)
    server.stop()
    for number in range(kills):
        if number == kills // 2:
            server.start()
        killer.kills()
    found = arrived(server, killer)
    return {
        "seed": seed,
        "kills": kills,
        "just_after": dict(sorted(Counter(killer.done).items())),
        "notes": len(killer.notes),
        "lost": killer.lost + [f"{what} did not arrive" for what, many in found if many == 0],
        "doubled": [what for what, many in found if many > 1],
        "put_aside": count(server, "quarantined WHERE kind <> ?", LOOSE),
    }


def begin(server: Server, phone: PhoneBrowser, seed: int) -> Killer:
    """Anna on her round, in a talk; the browser had time to write down who she is."""
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    here = anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    card = anna.page.url.removeprefix(server.url)
    anna.goes_to("/")
    anna.next_door.wait_for()
    links = anna.page.locator("a[href^='/door/']").evaluate_all(EVERY_DOOR)
    anna.sends_all()
    phone.close()
    killer = Killer(anna, phone, card, [path for path in links if path != here], seed)
    killer.opens(card)
    return killer


def arrived(server: Server, killer: Killer) -> list[tuple[str, int]]:
    """With the line back, all is sent; how often the server has each thing."""
    anna = killer.anna
    # Killed before the browser wrote its cookies, it may have to sign in anew.
    sign_in(anna.page, f"{server.url}/sign-in", "anna")
    open_with(anna.page, anna.words)
    if killer.worry:
        anna.goes_to("/worry")
        facts = anna.page.get_by_label("Wat zag of hoorde je zelf?")
        expect(facts).to_have_value(killer.worry)
        anna.page.get_by_role("button", name="Doorgeven").click()
        expect(anna.page.get_by_text("taat klaar om te versturen")).to_be_visible()
    anna.sends_all()
    found = [(text, count(server, "note WHERE text = ?", text)) for text in killer.notes]
    for path, words in killer.outcomes.items():
        stop = path.removeprefix("/door/").replace("-", "")
        where = "SELECT outcome FROM contact_attempt WHERE replace(stop_id, '-', '') = ?"
        outcomes = [outcome for (outcome,) in ask(server, where, stop)]
        right = "not_home" if words == NOBODY else "refused"
        found.append((f"{path} {words}", len(outcomes) if outcomes[:1] == [right] else 0))
    if killer.worry:
        found.append((killer.worry, count(server, "concern WHERE facts = ?", killer.worry)))
    for words in killer.loose:
        said = json.dumps(words).strip('"')
        found.append((words, count(server, LOOSE_SAYS, LOOSE, said)))
    return found


def _one_life(seed: int) -> dict[str, Any]:
    """A server and a phone of their own."""
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        server = Server(Path(folder) / "server")
        server.data_dir.mkdir()
        server.outreach("upgrade")
        server.outreach("demo", "reset")
        server.start()
        phone = PhoneBrowser(driver, Path(folder) / "phone")
        try:
            return play(server, phone, LIFE, seed)
        finally:
            phone.close()
            server.stop()


def _elsewhere(seed: int) -> dict[str, Any]:
    """A life in a process of its own."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.journeys.kills", "one", str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    life: dict[str, Any] = json.loads(done.stdout)
    return life


def _known(code: str) -> dict[str, Any]:
    """What was found before, about this very code; else nothing."""
    found: dict[str, Any] = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    return found if found.get("commit") == code else {"commit": code, "lives": {}}


def _is_clean(life: dict[str, Any]) -> bool:
    return not (life["lost"] or life["doubled"] or life["put_aside"])


def part(kills: int) -> Part:
    """What was not lived yet with this very code; it held when nothing was lost or doubled."""
    result = _known(commit())
    lives = result["lives"]

    def live(seed: int) -> None:
        life = _elsewhere(seed)
        keep(lives, str(seed), life, result, RESULT)
        sys.stdout.write(f"life {seed}: {'clean' if _is_clean(life) else 'LOST'}\n")
        sys.stdout.flush()

    left = [n for n in range(1, kills // LIFE + 1) if str(n) not in lives]
    return Part(
        "kills", [partial(live, seed) for seed in left], lambda: all(map(_is_clean, lives.values()))
    )


def main(said: list[str]) -> int:
    """0 when nothing was lost and nothing came twice."""
    if said[0] == "one":
        sys.stdout.write(json.dumps(_one_life(int(said[1])), ensure_ascii=False) + "\n")
        return 0
    proof = part(int(said[0]))
    in_lanes(proof.jobs)
    return 0 if proof.held() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["500"]))
