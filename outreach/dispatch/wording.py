"""Rules and reasons in words. Why somebody does not go to an address is never among them."""

from outreach.access.models import Account
from outreach.dispatch.gathering import Gathered
from outreach.errors import InputError
from outreach.languages import SPOKEN, text
from outreach.planning.problem import Door, Person, Shift
from outreach.planning.rules import Broken
from outreach.planning.words import Rule
from outreach.web.problems import asked_language

ABOUT_PEOPLE = {Rule.OWN_STREET, Rule.DOES_NOT_GO, Rule.EXPECTED}


def fault_of(gathered: Gathered, broken: Broken, pointer: str) -> InputError:
    """The rule as an input error, with the names that its words need."""
    shift = gathered.problem.shift.get(broken.shift_id)
    door = gathered.problem.door.get(broken.address_id)
    address = gathered.addresses.get(broken.address_id)
    spoken = f"desk_languages.{door.language}" if door and door.language in SPOKEN else ""
    return InputError(
        pointer,
        broken.rule.value,
        {
            "name": _whose(gathered, broken.rule, shift, door),
            "door": f"{address.street} {address.number}" if address else "",
            "spoken": text(spoken, asked_language()) if spoken else "",
        },
    )


def in_words(gathered: Gathered, broken: Broken, language: str) -> str:
    """The same as a sentence."""
    fault = fault_of(gathered, broken, "")
    return text(f"errors.input.{fault.code}", language, **fault.params)


def reason(code: str, language: str) -> str:
    """Why a door is in no round."""
    return text(f"dispatch.reason.{code}", language)


def _whose(gathered: Gathered, rule: Rule, shift: Shift | None, door: Door | None) -> str:
    if shift is None or door is None or rule not in ABOUT_PEOPLE:
        return ""
    accounts = gathered.accounts
    if rule == Rule.EXPECTED:
        return _name(accounts, door.expects)
    pair = gathered.problem.pair_of(shift)
    return _name(accounts, next((one.id for one in pair if _keeps_away(one, rule, door)), ""))


def _keeps_away(person: Person, rule: Rule, door: Door) -> bool:
    if rule == Rule.OWN_STREET:
        return door.street in person.streets
    return door.address_id in person.not_to


def _name(accounts: dict[str, Account], account_id: str) -> str:
    account = accounts.get(account_id)
    return account.first_name if account else ""
