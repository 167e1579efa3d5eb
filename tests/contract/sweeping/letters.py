"""A letter that was written, and a run of it that was printed or stopped."""

from io import BytesIO

from PIL import Image

from outreach.campaigns.areas import addresses_in
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now
from outreach.db import db
from outreach.letters import print_files
from outreach.letters.codes import give_codes
from outreach.letters.contents import fix
from outreach.letters.models import Letter, LetterVersion, PrintedLetter, PrintRun
from outreach.letters.printing import envelopes
from tests.contract.sweeping.ground import kept, make_campaign
from tests.contract.sweeping.places import Place

TEXTS = {"nl": "Beste bewoner van {wijk}"}
# States that an address asks for: a campaign with a letter, a run without its file, and a
# campaign of which the figures were kept.
LETTERED, STOPPED, COUNTED = "with a letter", "stopped", "counted"


def make_letter(campaign: Campaign) -> LetterVersion:
    """The letter of a campaign, of one line."""
    here = campaign.municipality_id
    letter = Letter(
        id=new_id(),
        municipality_id=here,
        campaign_id=campaign.id,
        recognition_word="zon",
        waiting_days=7,
        changed_at=now(),
    )
    kept(letter)
    version = LetterVersion(
        id=new_id(), municipality_id=here, letter_id=letter.id, number=1, texts=TEXTS, given={}
    )
    kept(version)
    return version


def make_print_run(campaign: Campaign, state: str) -> str:
    """A run of the one letter of a campaign; it is ready unless it stopped."""
    version, here = make_letter(campaign), campaign.municipality_id
    addresses = list(db.session.scalars(addresses_in(campaign.area_id)))
    give_codes(campaign, [address.id for address in addresses])
    fix(version)
    run = PrintRun(
        id=new_id(),
        municipality_id=here,
        campaign_id=campaign.id,
        letter_version_id=version.id,
        ordering="walking",
        per_street=False,
        both_sides=False,
        pages=1,
        letters=len(addresses),
        made_at=now(),
        finished_at=None if state == STOPPED else now(),
    )
    kept(run)
    for place, envelope in enumerate(envelopes(version, campaign.id, addresses), 1):
        kept(
            PrintedLetter(
                id=new_id(),
                municipality_id=here,
                print_run_id=run.id,
                address_id=envelope.address.id,
                place=place,
                part=1,
                digest=envelope.digest,
            )
        )
    if state != STOPPED:
        whole = print_files.whole_of(run.id, per_street=False)
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_text("%PDF", encoding="ascii")
    return run.id


def door_of(place: Place, campaign_id: str) -> str:
    """A door of this campaign, or of a new one there."""
    campaign = db.session.get(Campaign, campaign_id) if campaign_id else None
    area_id = campaign.area_id if campaign else make_campaign(place, "published")[0].area_id
    found = db.session.scalars(addresses_in(area_id)).first()
    assert found is not None
    return found.id


def coded_door(place: Place, campaign_id: str) -> str:
    """A door as `door_of` gives it, with a code on its letter."""
    address_id = door_of(place, campaign_id)
    campaign = db.session.get(Campaign, campaign_id) if campaign_id else None
    if campaign is not None:
        give_codes(campaign, [address_id])
    return address_id


def logo() -> bytes:
    """A small picture."""
    kept_in = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(kept_in, "PNG")
    return kept_in.getvalue()
