"""Nothing crosses a municipality: what a list shows is its own, whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select

from outreach.access import scope
from outreach.access.actor import Actor, actor_of
from outreach.audit import trail
from outreach.clock import new_id, now
from outreach.db import db
from outreach.sync.models import Quarantined
from outreach.sync.scope import visible_quarantined
from tests.factories.town import Town, build_town


def _put_aside(town: Town) -> None:
    db.session.add(
        Quarantined(
            id=new_id(),
            municipality_id=town.municipality.id,
            author_id=town.person("volunteer").id,
            device_id=new_id(),
            dossier_id=town.stops[0].household_id,
            kind="note.add",
            reason="no-right",
            body={},
            received_at=now(),
        )
    )


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "visible",
    [scope.visible_districts, scope.visible_teams, scope.visible_trail, visible_quarantined],
)
def test_a_list_shows_one_municipality(town: Town, visible: Callable[[Actor], Select[Any]]) -> None:
    other = build_town("Oever")
    for place in (town, other):
        trail.note(place.municipality.id, place.person("admin").id, "district.create", "district")
        _put_aside(place)
    db.session.commit()
    for place in (town, other):
        found = list(db.session.scalars(visible(actor_of(place.person("admin")))))
        assert found
        assert {row.municipality_id for row in found} == {place.municipality.id}
