"""A journey through time, and the town where it starts."""

import pytest
from flask import Flask

from tests.factories.town import Town, build_town
from tests.privacy.travel import Journey


@pytest.fixture
def journey(app: Flask) -> Journey:
    """Time stands still at its start; the app's fixture lets it go on again."""
    return Journey()


@pytest.fixture
def town(journey: Journey) -> Town:
    """The town, made at the start of the journey."""
    return build_town()
