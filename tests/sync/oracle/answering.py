"""What a request comes to as a whole: whether it is heard at all, and what its answer brings."""

from dataclasses import dataclass, field
from typing import Any

from tests.sync.oracle.seeing import marks_in, read, wanted
from tests.sync.oracle.taking import Outcome, Told, take
from tests.sync.oracle.world import Body, Device, Said, World

Line = tuple[str, str, str]


@dataclass
class Heard:
    """A request as the server takes it. `known`: what it believes the phone holds."""

    outcomes: list[tuple[str, str, str]] = field(default_factory=list)
    known: dict[str, str] | None = None
    erased: set[Line] = field(default_factory=set)


def contact(world: World, account: str, device_id: str) -> Device:
    """A phone that makes contact is known from then on."""
    return world.devices.setdefault(device_id, Device(account))


def hear(world: World, told: dict[str, Told], account: str, said: Body) -> Heard:
    """Take in a request: nothing, while it is not known what the phone rests on."""
    device = contact(world, account, said["device_id"])
    known = _known(device, said)
    if known is None:
        return Heard()
    outcomes = []
    for envelope in said["mutations"]:
        one = Said(account, said["device_id"], envelope)
        outcomes.append((one.id, *take(world, told, one)))
    return Heard(outcomes, known)


def hear_boxes(
    world: World, told: dict[str, Told], phone: tuple[str, str], envelopes: list[Body], why: str
) -> list[tuple[str, str, str]]:
    """What comes sealed waits; `phone` is an account and its device."""
    found: list[tuple[str, str, str]] = []
    for envelope in envelopes:
        came: Outcome = take(world, told, Said(*phone, envelope), f"sent-sealed-{why}")
        found.append((envelope["id"], *came))
    return found


def _known(device: Device, said: Body) -> dict[str, str] | None:
    held: dict[str, str] = said["held"]
    if said["holdings"]:
        return held
    if said["receipt"] is None:
        return {} if held == {} else None
    given = dict(device.receipts).get(said["receipt"])
    return given if given == held else None


def faults(world: World, account: str, said: Body, heard: Heard, answer: Body) -> list[str]:
    """What is wrong with an answer, in words; the world remembers what it brought."""
    if [(o["id"], o["outcome"], o["code"]) for o in answer["outcomes"]] != heard.outcomes:
        return [f"outcomes {answer['outcomes']} instead of {heard.outcomes}"]
    if answer["need_holdings"] != (heard.known is None):
        return [f"need_holdings is {answer['need_holdings']}"]
    if heard.known is None or said["more"]:
        brought = [name for name in ("dossiers", "drops", "erased") if answer[name]]
        return [f"{name} in an answer that brings nothing" for name in brought]
    should = wanted(world, account)
    found = [fault for d in answer["dossiers"] for fault in _dossier(d, should)]
    device = world.devices[said["device_id"]]
    held = {**heard.known, **{d["id"]: d["version"] for d in answer["dossiers"]}}
    held = {id_: version for id_, version in held.items() if id_ not in answer["drops"]}
    if answer["more"]:
        found += ["drops before the last part"] if answer["drops"] else []
    elif set(held) != set(should):
        found.append(f"holds {sorted(held)} instead of {sorted(should)}")
    found += _erased(device, said, answer)
    device.gave(answer["receipt"], held)
    world.issued |= {
        (account, d["id"])
        for d in answer["dossiers"]
        if d["kind"] in {"round", "stop", "household"}
    }
    return found


def _dossier(dossier: Body, should: dict[str, Any]) -> list[str]:
    """Not for them, or not what stands; `marks` finds words where the short form has no place."""
    id_ = dossier["id"]
    if id_ not in should:
        return [f"{dossier['kind']} {id_} is not for them"]
    if read(dossier) != should[id_]:
        return [f"{read(dossier)} instead of {should[id_]}"]
    return [f"{mark} is not for them" for mark in marks_in(dossier["body"]) - marks_in(should[id_])]


def _erased(device: Device, said: Body, answer: Body) -> list[str]:
    """What is gone is said until the phone names a receipt of an answer that said it."""
    if answer["more"]:
        return ["told what is gone before the last part"] if answer["erased"] else []
    if said["receipt"] is not None:
        device.to_forget = {
            line: told for line, told in device.to_forget.items() if told != said["receipt"]
        }
    told = {(one["dossier_id"], one["what"], one["id"]) for one in answer["erased"]}
    missed, extra = set(device.to_forget) - told, told - set(device.to_forget)
    device.to_forget = dict.fromkeys(device.to_forget, answer["receipt"])
    return [
        *(f"was not told that {line} is gone" for line in missed),
        *(f"was told that {line} is gone" for line in extra),
    ]
