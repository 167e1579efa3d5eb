"""The letter of a campaign at the desk, and the letterhead of the municipality."""

from typing import Any

from werkzeug.datastructures import FileStorage

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns.scope import visible_campaign
from outreach.documents.pictures import as_data
from outreach.letters import letterheads, schemas, showing, writing
from outreach.letters.models import Letterhead
from outreach.web.routing import Routes

routes = Routes("letters", "The announcement letter: what it says, and how it looks on paper")
LARGEST_LOGO = 4 * 1024 * 1024


@routes.get(
    "/campaigns/<uuid:campaign_id>/letter",
    permission=Permission.LETTER_READ,
    answer=schemas.LetterOut(),
)
def read_letter(campaign_id: Any) -> dict[str, Any]:
    """The letter of a campaign, or the ready one where nobody saved it yet."""
    return showing.shown(visible_campaign(campaign_id))


@routes.put(
    "/campaigns/<uuid:campaign_id>/letter",
    permission=Permission.LETTER_WRITE,
    body=schemas.LetterBody(),
    answer=schemas.LetterOut(),
)
def save_letter(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Keep the letter; once it was printed, a change on paper becomes the next version."""
    campaign = visible_campaign(campaign_id)
    writing.save_letter(current_actor(), campaign, body)
    return showing.shown(campaign)


@routes.post(
    "/campaigns/<uuid:campaign_id>/letter-preview",
    permission=Permission.LETTER_WRITE,
    body=schemas.LetterBody(),
    answer=schemas.LetterPreviewOut(),
)
def preview_letter(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """How a letter looks on paper; nothing is kept."""
    return showing.preview(visible_campaign(campaign_id), body)


@routes.get("/letterhead", permission=Permission.LETTER_READ, answer=schemas.LetterheadOut())
def read_letterhead() -> dict[str, Any]:
    """What stands on every letter of the municipality."""
    return _told(letterheads.letterhead_of(current_actor().municipality_id))


@routes.put(
    "/letterhead",
    permission=Permission.LETTER_WRITE,
    body=schemas.LetterheadBody(),
    answer=schemas.LetterheadOut(),
)
def set_letterhead(body: dict[str, Any]) -> dict[str, Any]:
    """Reply address, phone number and who signs."""
    return _told(letterheads.set_letterhead(current_actor(), body))


@routes.post(
    "/letterhead/logo",
    permission=Permission.LETTER_WRITE,
    files=schemas.LogoBody(),
    answer=schemas.LetterheadOut(),
    largest_file=LARGEST_LOGO,
)
def set_logo(files: dict[str, FileStorage]) -> dict[str, Any]:
    """Send a PNG or JPEG as the logo."""
    return _told(letterheads.set_logo(current_actor(), files["file"]))


@routes.delete(
    "/letterhead/logo", permission=Permission.LETTER_WRITE, answer=schemas.LetterheadOut()
)
def drop_logo() -> dict[str, Any]:
    """Take the logo off; letters show the municipality's name."""
    return _told(letterheads.drop_logo(current_actor()))


def _told(letterhead: Letterhead) -> dict[str, Any]:
    said = {name: getattr(letterhead, name) for name in schemas.LetterheadBody().fields}
    return said | {"logo": as_data(letterhead.logo) if letterhead.logo else None}
