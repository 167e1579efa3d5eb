"""A desk with a letterhead and a letter."""

import pytest
from flask.testing import FlaskClient

from tests.factories.town import Town
from tests.letters.desk import LetterDesk


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> LetterDesk:
    """A supervisor in whose town nobody wrote a letter yet."""
    town.base.address, town.base.opening_hours = "Wilgenhof 1", "ma-do 9-21 uur"
    return LetterDesk(client, town)


@pytest.fixture
def ready(desk: LetterDesk) -> LetterDesk:
    """A supervisor whose letter can be printed."""
    desk.signs()
    desk.writes()
    return desk
