"""A small district in which rounds can be planned, and the desk that plans them."""

import pytest
from flask.testing import FlaskClient

from outreach.planning import work
from outreach.planning.solving import Effort
from tests.campaigns.desk import Desk
from tests.dispatch.district import District, build_district
from tests.factories.town import Town, headers_for


@pytest.fixture(autouse=True)
def _searches_by_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search ends after so many steps, not after so many seconds: the same on every machine."""
    monkeypatch.setattr(work, "_effort", lambda _given: Effort(None, 1500, 1))


@pytest.fixture
def district(town: Town) -> District:
    """Two streets with 16 doors to do, and six people who can walk."""
    return build_district(town)


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    """The desk of the town's supervisor."""
    return Desk(client, headers_for(town.person("supervisor")))


@pytest.fixture
def other_desk(client: FlaskClient, town: Town, district: District) -> Desk:
    """Another supervisor of the same district."""
    assert district.town is town
    return Desk(client, headers_for(town.person("second_supervisor")))
