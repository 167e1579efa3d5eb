"""The first rounds of who is new are walked with somebody experienced."""

from collections.abc import Collection

from sqlalchemy import select

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.db import db
from outreach.volunteers.models import VolunteerProfile


def is_mentor(account: Account, profile: VolunteerProfile | None) -> bool:
    """Whether somebody new may walk with them: by their role, or because the desk said so."""
    return account.role == Role.MENTOR or (profile is not None and profile.experienced)


def is_new(account: Account, profile: VolunteerProfile | None) -> bool:
    """Whether they still walk with a mentor; so does who has no profile yet."""
    starts = profile is None or profile.starts_with_mentor
    return starts and not is_mentor(account, profile)


def lacking_a_mentor(account_ids: Collection[str]) -> set[str]:
    """Which of those who walk together are new, while none of them is a mentor."""
    rows = (
        select(Account, VolunteerProfile)
        .outerjoin(VolunteerProfile, VolunteerProfile.account_id == Account.id)
        .where(Account.id.in_(account_ids))
    )
    people = [(account, profile) for account, profile in db.session.execute(rows)]
    if any(is_mentor(account, profile) for account, profile in people):
        return set()
    return {account.id for account, profile in people if is_new(account, profile)}
