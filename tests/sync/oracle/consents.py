"""What a household agreed to: it counts from the moment it is said, and what is taken back goes."""

from tests.sync.oracle.world import (
    HEALTH,
    NO_CONTACT,
    Aside,
    Consent,
    Difference,
    Goal,
    Gone,
    Household,
    Kept,
    Said,
    Talk,
    World,
    is_about_health,
)


def answers(household: Household, purpose: str, team: str | None = None) -> list[Consent]:
    """The last answer to each of the pair, for one purpose (and one receiver)."""
    return [
        c for c in household.consents if (c.purpose, c.team) == (purpose, team) and not c.superseded
    ]


def protective(found: list[Consent]) -> Consent | None:
    """Of answers to one question the one that counts: taken back, else no, else yes."""
    return max(found, key=lambda c: (c.withdrawn, not c.given, c.id), default=None)


def standing(household: Household, purpose: str, team: str | None = None) -> Consent | None:
    """The answer that counts; None: never asked."""
    return protective(answers(household, purpose, team))


def agreed(household: Household, purpose: str) -> bool:
    """Whether a yes stands that nobody contradicts."""
    found = standing(household, purpose)
    return found is not None and found.counts


def require_note(household: Household, said: Said) -> None:
    """Nothing is written without a yes to note; after a no nothing even waits."""
    consent = standing(household, "note")
    if consent is None:
        if household.talk.noted:
            raise Aside("no-consent-to-note")
        raise Gone
    _require(household, consent, said)


def require(household: Household, purpose: str, said: Said) -> None:
    """As require_note, for a purpose that a talk without notes may have too."""
    consent = standing(household, purpose)
    if consent is None:
        raise Aside(f"no-consent-to-{purpose}")
    _require(household, consent, said)


def require_domain(household: Household, domain: str, said: Said) -> None:
    """Words about health take a yes of their own."""
    if domain == HEALTH:
        require(household, "health", said)


def _require(household: Household, consent: Consent, said: Said) -> None:
    """The other of the pair heard a no, this one a yes: theirs is kept out of sight."""
    own = any(c.counts and c.asked_by == said.author for c in answers(household, consent.purpose))
    if not consent.counts and (consent.withdrawn or not own):
        raise Gone


def may_wait(world: World, purpose: str, said: Said, team: str | None = None) -> bool:
    """Whether words may wait: not after a no, unless that is disputed or a new yes waits too."""
    household = world.households.get(said.dossier)
    if household is None:
        return True
    asked = answers(household, purpose, team)
    for kept in world.kept:
        if kept.state != "waiting" or not is_yes(kept, said, purpose, team):
            continue
        if (said.dossier, "consent", kept.said.body["consent_id"]) in world.forgotten:
            continue
        left = [c for c in asked if c.asked_by != said.author]
        if len(left) < len(asked) and not any(c.withdrawn for c in left):
            return True
    if not asked:
        return household.talk.noted or purpose != "note"
    return any(c.counts for c in asked) and not any(c.withdrawn for c in asked)


def record(world: World, said: Said) -> str:
    """One answer of the household."""
    talk, body = world.talk_of(said), said.body
    household = world.households[said.dossier]
    known = next((c for c in household.consents if c.id == body["consent_id"]), None)
    if known is not None:
        if known.purpose != body["purpose"]:
            raise Aside("id-in-use")
        return "merged"
    before = answers(household, body["purpose"], body["team_id"])
    gone = (said.dossier, "consent", body["consent_id"]) in world.forgotten
    consent = Consent(
        body["consent_id"],
        body["purpose"],
        body["given"],
        body["team_id"],
        said.author,
        gone,
    )
    household.consents.append(consent)
    effect = _place(world, household, consent, before, said)
    if consent.withdrawn:
        _take_effect(world, household, consent, said)
    elif consent.purpose == "note":
        begin_noting(household, talk)
    return effect


def _place(
    world: World, household: Household, consent: Consent, before: list[Consent], said: Said
) -> str:
    others = [c for c in before if c.asked_by != consent.asked_by]
    for own in before:
        if own in others:
            continue
        own.superseded = True
        world.forget_differences([("consent", own.id)])
        if own.counts and not consent.counts:
            take_back(world, household, own, said)
    if not others:
        return "applied"
    if all(c.counts == consent.counts for c in others):
        world.forget_differences([("consent", c.id) for c in (consent, *others)])
        return "merged"
    if consent.withdrawn:
        return "merged"
    no = protective([consent, *others])
    if no and not world.open_differences(("consent", no.id)):
        world.differences.append(
            Difference(said.dossier, ("consent", no.id), "given", False, True, said.author, said.id)
        )
    return "conflicted"


def withdraw(world: World, said: Said) -> str:
    """Taken back; one that never arrived is remembered and will come withdrawn."""
    id_ = said.body["consent_id"]
    household = world.households.get(said.dossier)
    found = [c for c in household.consents if c.id == id_] if household else []
    if not household or not found:
        line = (said.dossier, "consent", id_)
        known = line in world.forgotten
        world.forgotten.add(line)
        _take_back_waiting(world, said, id_)
        return "merged" if known else "applied"
    consent = found[0]
    if consent.withdrawn:
        if consent.purpose == "note":
            _forget_noted(world, said, said.device, of_phone=True)
        return "merged"
    take_back(world, household, consent, said)
    if consent.superseded:
        for later in answers(household, consent.purpose, consent.team):
            if later.counts:
                take_back(world, household, later, said)
    return "applied"


def take_back(world: World, household: Household, consent: Consent, said: Said) -> None:
    """One consent is withdrawn, with all that rests on it."""
    consent.withdrawn = True
    _take_effect(world, household, consent, said)


def _take_effect(world: World, household: Household, consent: Consent, said: Said) -> None:
    id_ = household.id
    if consent.purpose == "note":
        _no_more_notes(world, household, said)
        world.tell(id_, "noting", id_)
        yeses = [c for c in answers(household, "health") if c.counts]
        for yes in [c for c in yeses if c.asked_by == consent.asked_by] or yeses:
            take_back(world, household, yes, said)
    elif consent.purpose == "health":
        _no_more_health(world, household, said)
        world.tell(id_, "health", id_)
    elif consent.purpose == "contact":
        household.contact = dict(NO_CONTACT)
        world.forget_differences([("household", id_)])
        _forget_contact(world, said, said.device)
        world.tell(id_, "contact", id_)
    elif consent.purpose == "share":
        _withdraw_handovers(household, consent.team)
        _forget_offers(world, said, said.device, consent.team)


def _withdraw_handovers(household: Household, team: str | None) -> None:
    for handover in household.handovers.values():
        if team in {None, handover["team_id"]}:
            handover["state"] = "withdrawn"


def _no_more_notes(world: World, household: Household, said: Said) -> None:
    talk = household.talk
    talk.noted, talk.state = False, "withdrawn"
    forget_notes(world, household.id, list(talk.notes))
    world.forget_differences(("assessment", f"{household.id} {d}") for d in talk.answers)
    talk.answers = {}
    forget_plan(world, household)
    _withdraw_handovers(household, None)
    world.forget_differences(("handover", id_) for id_ in household.handovers)
    for handover in household.handovers.values():
        handover["why"], handover["domains"] = "", []
    _forget_noted(world, said, said.device, of_phone=False)


def _take_back_waiting(world: World, said: Said, consent: str) -> None:
    """A yes that waits is taken back with what waits under it; the phone that said it is told."""
    waits = [k for k in world.kept if k.said.dossier == said.dossier]
    for kept in waits:
        body = kept.said.body
        if kept.said.kind != "consent.record" or body.get("consent_id") != consent:
            continue
        device, purpose = kept.said.device, body.get("purpose")
        if purpose == "note":
            _forget_noted(world, said, device, of_phone=True)
            world.tell_phone(device, said.dossier, "noting")
        elif purpose == "health":
            _forget_health(world, said, device, [])
            world.tell_phone(device, said.dossier, "health")
        elif purpose == "contact":
            _forget_contact(world, said, device)
            world.tell_phone(device, said.dossier, "contact")
        elif purpose == "share":
            _forget_offers(world, said, device, body.get("team_id"))


def is_yes(kept: Kept, said: Said, purpose: str, team: str | None = None) -> bool:
    """Whether what waits is a yes that the same phone heard, to a purpose (and one receiver)."""
    body = kept.said.body
    same = (kept.said.dossier, kept.said.device) == (said.dossier, said.device)
    asked = (kept.said.kind, body.get("purpose"), body.get("team_id"))
    return same and asked == ("consent.record", purpose, team) and body.get("given") is True


def _said_anew(
    world: World, said: Said, device: str, purpose: str, team: str | None = None
) -> set[str]:
    """What waits of one phone from its first yes on that came after they took theirs back."""
    later = [
        k
        for k in world.kept
        if k.said.dossier == said.dossier
        and k.said.device == device
        and k.said.made_at > said.made_at
    ]
    yeses = [k.said.made_at for k in later if is_yes(k, k.said, purpose, team)]
    return {k.said.id for k in later if yeses and k.said.made_at >= min(yeses)}


def _take_back_aside(
    world: World, said: Said, stays: set[str], purpose: str, team: str | None
) -> None:
    """All yeses that they gave and that wait will come withdrawn."""
    for k in world.kept:
        mine = (k.said.dossier, k.said.author, k.state) == (said.dossier, said.author, "waiting")
        if mine and k.said.id not in stays and is_yes(k, k.said, purpose, team):
            world.forgotten.add((said.dossier, "consent", k.said.body["consent_id"]))


def _forget_noted(world: World, said: Said, device: str, *, of_phone: bool) -> None:
    """What waits goes, but for what this phone says from a later yes to note on."""
    waits = [k for k in world.kept if k.said.dossier == said.dossier]
    stays = _said_anew(world, said, device, "note")
    world.forget_kept(
        k for k in waits if k.said.id not in stays and (k.said.device == device or not of_phone)
    )


def _forget_contact(world: World, said: Said, device: str) -> None:
    stays = _said_anew(world, said, device, "contact")
    _take_back_aside(world, said, stays, "contact", None)
    about = (said.dossier, "contact.set")
    world.forget_kept(
        [k for k in world.kept if (k.said.dossier, k.said.kind) == about and k.said.id not in stays]
    )


def _forget_offers(world: World, said: Said, device: str, team: str | None) -> None:
    about = (said.dossier, "handover.offer", team)
    stays = _said_anew(world, said, device, "share", team)
    _take_back_aside(world, said, stays, "share", team)
    world.forget_kept(
        [
            k
            for k in world.kept
            if (k.said.dossier, k.said.kind, k.said.body.get("team_id")) == about
            and k.said.id not in stays
        ]
    )


def _no_more_health(world: World, household: Household, said: Said) -> None:
    talk = household.talk
    notes = [id_ for id_, note in talk.notes.items() if note.domain == HEALTH]
    forget_notes(world, household.id, notes)
    world.forget_differences([("assessment", f"{household.id} {HEALTH}")])
    talk.answers.pop(HEALTH, None)
    for id_ in [id_ for id_, goal in household.goals.items() if _is_health(world, id_, goal)]:
        forget_goal(world, household, id_)
    _forget_health(world, said, said.device, notes)


def _is_health(world: World, id_: str, goal: Goal) -> bool:
    """Whether anybody put the goal there, also who is not agreed with yet."""
    said = [d.other for d in world.open_differences(("goal", id_)) if d.field == "domain"]
    return HEALTH in {goal.domain, *said}


def _forget_health(world: World, said: Said, device: str, note_ids: list[str]) -> None:
    household = world.households.get(said.dossier)
    goals = household.goals if household else {}
    waits = [k for k in world.kept if k.said.dossier == said.dossier]
    stays = _said_anew(world, said, device, "health")
    _take_back_aside(world, said, stays, "health", None)
    about = _about_health(goals, waits, note_ids)
    world.forget_kept(k for k in about if k.said.id not in stays)


def _about_health(goals: dict[str, Goal], waits: list[Kept], note_ids: list[str]) -> list[Kept]:
    """What waits about health: said to be, of a note that was, or for a goal nobody knows."""
    bodies = [k.said.body for k in waits]
    notes = {*note_ids, *(b.get("note_id", "") for b in bodies if is_about_health(b))}
    elsewhere = {
        *goals,
        *(b.get("goal_id") for b in bodies if "domain" in b and not is_about_health(b)),
    }
    return [
        k
        for k in waits
        if is_about_health(k.said.body)
        or (k.said.body.get("note_id") and k.said.body["note_id"] in notes)
        or (
            k.said.body.get("goal_id")
            and "domain" not in k.said.body
            and k.said.body["goal_id"] not in elsewhere
        )
    ]


def begin_noting(household: Household, talk: Talk) -> None:
    """Write from now on, or not; a talk whose notes were taken back opens on a new yes."""
    talk.noted = agreed(household, "note")
    if talk.noted and talk.state == "withdrawn":
        talk.state = "open"


def forget_notes(world: World, dossier: str, ids: list[str]) -> None:
    """Notes go with all they ever said; only their ids are remembered."""
    household = world.households.get(dossier)
    for id_ in ids:
        if household:
            household.talk.notes.pop(id_, None)
        world.forgotten.add((dossier, "note", id_))
    world.forget_differences(("note", id_) for id_ in ids)


def forget_goal(world: World, household: Household, goal_id: str) -> None:
    """A goal goes with its steps."""
    steps = [("step", id_) for id_ in household.goals[goal_id].steps]
    world.forget_differences([("goal", goal_id), *steps])
    del household.goals[goal_id]


def forget_plan(world: World, household: Household) -> None:
    """The plan goes, with the coming back to it."""
    for goal_id in list(household.goals):
        forget_goal(world, household, goal_id)
    world.forget_differences(("aftercare", id_) for id_ in household.aftercares)
    household.plan, household.aftercares = None, {}


def erase(world: World, dossier: str, anew: tuple[str, str, str] | None) -> None:
    """A household is thrown away: nothing of it stays, and its door reserves new ids."""
    world.forget_kept([k for k in world.kept if k.said.dossier == dossier])
    world.differences = [d for d in world.differences if d.dossier != dossier]
    world.forgotten = {line for line in world.forgotten if line[0] != dossier}
    world.households.pop(dossier, None)
    stop = world.stop_of(dossier)
    if stop and anew:
        stop.household, stop.conversation, stop.plan = anew
    elif stop:
        stop.household, stop.learns = "", True
    world.erased.add(dossier)
    world.tell(dossier, "household", dossier)
