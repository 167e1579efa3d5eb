"""Going on in time, and tidying there."""

from datetime import UTC, datetime, timedelta

from outreach import clock
from outreach.db import db
from outreach.privacy.retention import Tidied, tidy
from tests.factories.town import Town

START = datetime(2026, 3, 2, 11, tzinfo=UTC)  # noon, so that summer time moves no day


class Journey:
    """Days are counted from its start."""

    def __init__(self) -> None:
        self._legs = 0
        self.to(0)

    def to(self, days: float) -> None:
        """It is so many days after the start."""
        self._legs += 1  # a seed of its own: the ids of two legs differ
        clock.replay(self._legs, START + timedelta(days=days))

    def tidied(self, town: Town, days: float) -> Tidied:
        """Tidy the town so many days after the start."""
        self.to(days)
        done = tidy(town.municipality.id)
        db.session.commit()
        db.session.expire_all()
        return done
