"""Between two answers about sharing the protective one counts until a person settles it."""

from flask.testing import FlaskClient

from outreach.clock import new_id
from tests.factories.phone import Phone
from tests.factories.talks import make_talk
from tests.factories.town import Town
from tests.handover.desk import Desk


def test_while_the_pair_disagrees_about_sharing_the_team_reads_nothing(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town)
    talk.agrees("share", town.team)
    handover_id = talk.offer(why="GEHEIM")
    desk = Desk(client, town)
    assert desk.opens(handover_id)["why"] == "GEHEIM"
    talk.says(
        "consent.record",
        speaker=town.person("partner_of_pair"),
        consent_id=new_id(),
        conversation_id=talk.conversation.id,
        purpose="share",
        given=False,
        consent_text_id=town.consent_text.id,
        language="nl",
        how="spoken",
        team_id=town.team.id,
    )
    assert "GEHEIM" not in desk.get(f"/handovers/{handover_id}").text
    assert desk.inbox()[0]["address"] is None
    assert desk.does("acceptance", handover_id).status_code == 409


def test_while_the_pair_disagrees_about_telling_the_volunteer_is_not_told(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town)
    talk.agrees("share", town.team)
    talk.agrees("feedback")
    handover_id = talk.offer()
    desk = Desk(client, town)
    desk.opens(handover_id)
    desk.does("acceptance", handover_id)
    desk.does("closing", handover_id)
    talk.says(
        "consent.record",
        speaker=town.person("partner_of_pair"),
        consent_id=new_id(),
        conversation_id=talk.conversation.id,
        purpose="feedback",
        given=False,
        consent_text_id=town.consent_text.id,
        language="nl",
        how="spoken",
        team_id=None,
    )
    phone = Phone(client, talk.recorder)
    phone.sync()
    assert "Het loopt." not in str(phone.body(talk.id))
