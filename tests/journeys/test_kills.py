"""What the screen called saved is there after a kill, and arrives once."""

from tests.journeys.conftest import PhoneBrowser
from tests.journeys.kills import play
from tests.journeys.server import Server


def test_twenty_kills_just_after_the_screen_said_saved_lose_nothing(
    server: Server, phone: PhoneBrowser
) -> None:
    result = play(server, phone, kills=20, seed=20)
    assert result["lost"] == []
    assert result["doubled"] == []
    assert result["put_aside"] == 0
    # Each way of saving was cut off at least once.
    assert set(result["just_after"]) == {"door", "loose", "note", "typing", "worry"}
