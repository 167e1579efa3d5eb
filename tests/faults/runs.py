"""One run: phones write while everything fails, the line comes back, the account is made up."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.accounts import Account, read, settle
from tests.faults.house import House, until_well
from tests.faults.lines import Line
from tests.faults.phones import PhoneProcess
from tests.faults.towns import Walker, build
from tests.faults.weather import Weather

# Milliseconds between two moments of work of one volunteer.
PAUSE = 250
# A phone whose queue does not get empty says so after this; seconds.
PATIENCE = 300
GAP = (1.5, 3.0)


@dataclass(frozen=True)
class Plan:
    """How large a run is. `kills`: of what, in any order; `mutations`: what each phone says."""

    seed: int
    phones: int
    mutations: int
    kills: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """What a run came to. `converged`: seconds from the healing until nobody had anything left."""

    account: Account
    kills: Counter[str]
    weather: Counter[str]
    cuts: int
    converged: float
    seconds: float


def play(plan: Plan, house: House, script: Path) -> Run:
    """Play a run in a town of its own."""
    return asyncio.run(_play(plan, house, script))


async def _play(plan: Plan, house: House, script: Path) -> Run:
    began = time.monotonic()
    dice = random.Random(plan.seed)  # noqa: S311 - drawn again from the same seed, guards nothing
    people = build(house.app, plan.phones, f"Wilgendam {plan.seed}")
    lines = [
        Line(house.server.port, random.Random(dice.random()))  # noqa: S311 - as above
        for _ in people.walkers
    ]
    phones: list[PhoneProcess] = []
    try:
        for number, (walker, line) in enumerate(zip(people.walkers, lines, strict=True)):
            told = _told(plan, number, walker, await line.begin())
            phones.append(await PhoneProcess.start(script, told))
        await _of_all(phones, "begin")
        weather = Weather(house, lines, dice)
        await _storm(plan, phones, weather)
        await asyncio.to_thread(until_well, house)
        healed = time.monotonic()
        rested = await _of_all(phones, "rest", patience=PATIENCE)
        converged = time.monotonic() - healed
    finally:
        for phone in phones:
            await phone.end()
        for line in lines:
            await line.end()
    account = settle(rested, read(house.app, people.municipality))
    cuts = sum(line.cuts for line in lines)
    seconds = time.monotonic() - began
    return Run(account, weather.kills, weather.seen, cuts, converged, seconds)


def _told(plan: Plan, number: int, walker: Walker, base: str) -> dict[str, Any]:
    return {
        "name": f"phone{number}",
        "base": base,
        "account": walker.account,
        "token": walker.token,
        "share": walker.share,
        "seed": plan.seed * 100 + number,
        "mutations": plan.mutations,
        "pause": PAUSE,
    }


async def _of_all(phones: list[PhoneProcess], what: str, **more: Any) -> list[dict[str, Any]]:
    return await asyncio.gather(*(phone.ask(what, **more) for phone in phones))


async def _storm(plan: Plan, phones: list[PhoneProcess], weather: Weather) -> None:
    """Until everybody said everything, and everything that must die did."""
    blowing = asyncio.create_task(weather.blow())
    killing = asyncio.create_task(_kill(plan, weather))
    try:
        await _of_all(phones, "work")
        await killing
    finally:
        killing.cancel()
        blowing.cancel()
        await asyncio.gather(blowing, killing, return_exceptions=True)
        weather.clear()


async def _kill(plan: Plan, weather: Weather) -> None:
    order = weather.dice.sample(plan.kills, len(plan.kills))
    for what in order:
        await asyncio.sleep(weather.dice.uniform(*GAP))
        await weather.kill(what)
