"""The words of planning: rules that can be broken, and reasons why a door did not fit."""

from enum import StrEnum


class Rule(StrEnum):
    """What no plan may break."""

    # About who goes out together.
    TWO_PEOPLE = "two-people"
    SAME_PERSON = "same-person"
    UNKNOWN_PERSON = "unknown-person"
    NO_CERTIFICATE = "no-certificate"
    NEW_WITHOUT_EXPERIENCED = "new-without-experienced"
    TWO_SHIFTS_AT_ONCE = "two-shifts-at-once"
    # About who may ring where, in the order in which a reason is looked for.
    LOCKED = "locked"
    DAY_PART = "day-part"
    LANGUAGE = "language"
    EXPECTED = "expected"
    OWN_STREET = "own-street"
    DOES_NOT_GO = "does-not-go"
    # About time.
    WINDOW = "window"
    SHIFT = "shift"
    # About the plan itself.
    ONE_PLACE = "one-place"
    UNKNOWN_DOOR = "unknown-door"
    UNKNOWN_SHIFT = "unknown-shift"
    FIGURES = "figures"


class Reason(StrEnum):
    """Why a door is in no round. The first that holds, in this order.

    Each says that of the shifts the earlier ones leave, none remains: so `nobody-speaks` is of a
    door whose language is spoken in no shift of a day part in which it may be rung at.
    """

    NO_PLACE = "no-place"
    NO_SHIFTS = "no-shifts"
    DAY_PARTS_TRIED = "day-parts-tried"
    NOBODY_SPEAKS = "nobody-speaks"
    NOT_WHO_IS_EXPECTED = "not-who-is-expected"
    NOBODY_MAY_GO = "nobody-may-go"
    OUTSIDE_EVERY_SHIFT = "outside-every-shift"
    TOO_FAR = "too-far"
    NOT_ENOUGH_TIME = "not-enough-time"
    FITS_NOW = "fits-now"
