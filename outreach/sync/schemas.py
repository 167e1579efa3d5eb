"""The shapes of one exchange between a phone and the server; docs/sync.md is the contract."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_smorest.fields import Upload
from marshmallow import EXCLUDE, ValidationError, fields, pre_load, validate, validates_schema

from outreach.sync.upcasting import lifted_request
from outreach.web.schemas import Schema

UUID = validate.Regexp(
    # `$(?!\n)` ends a text in Python as `$` does in ECMAScript, which the description speaks.
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)",
    error="does-not-fit",
)
# Any day that still is one in every time zone.
AN_INSTANT = validate.Range(
    min=datetime(1, 1, 2, tzinfo=UTC), max=datetime(9999, 12, 30, tzinfo=UTC), error="does-not-fit"
)
MOST_HELD = 10_000
# As many as 8 MB can hold.
MOST_RESCUED = 20_000
ASKED = "asked"
WHY = ("forgotten", "lapsed", "loose", "revoked", "rescue", ASKED)


def _an_instant(written: str) -> None:
    """Check an instant that stays as it was written, because somebody signed for it."""
    try:
        AN_INSTANT(datetime.fromisoformat(written))
        is_one = written[10] == "T"
    except (TypeError, ValueError):  # a naive one compares with nothing
        is_one = False
    if not is_one:
        raise ValidationError("does-not-fit")


class MutationIn(Schema):
    """An intent in its envelope; the body is checked by its kind, later and one by one."""

    id = fields.String(required=True, validate=UUID)
    dossier_id = fields.String(required=True, validate=UUID)
    kind = fields.String(required=True, validate=validate.Length(min=1, max=40))
    schema = fields.Integer(required=True, validate=validate.Range(min=0, max=1_000_000))
    made_at = fields.AwareDateTime(required=True, validate=AN_INSTANT)
    body = fields.Dict(keys=fields.String(), required=True)


class Packed(fields.Field[bytes]):
    """Bytes, as strict base64."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bytes:
        try:
            return b64decode(value, validate=True)
        except (TypeError, ValueError) as fault:
            raise ValidationError("does-not-fit") from fault


class BoxIn(Schema):
    """One sealed mutation under the mutation's id."""

    id = fields.String(required=True, validate=UUID)
    box = Packed(required=True)


class AppIn(Schema):
    """Which app this is, and when it was built."""

    version = fields.String(required=True, validate=validate.Length(max=40))
    built_on = fields.Date(required=True)


class UnsentIn(Schema):
    """What stays on the phone after this request, and when the oldest of it was made."""

    count = fields.Integer(required=True, validate=validate.Range(min=0, max=1_000_000))
    oldest = fields.AwareDateTime(required=True, allow_none=True, validate=AN_INSTANT)


class SyncBody(Schema):
    """What a phone says. `copies`: boxes of what had arrived, which this server may have lost.

    `expects`: the version each dossier should have once the mutations are taken. `kinds`: dossiers
    beyond those of schema 2 that this app has a place for.
    """

    class Meta:
        """A newer app may say more than this server knows: its work still counts."""

        unknown = EXCLUDE

    schema = fields.Integer(required=True)
    app = fields.Nested(AppIn, required=True)
    device_id = fields.String(required=True, validate=UUID)
    receipt = fields.String(required=True, allow_none=True, validate=UUID)
    holdings_hash = fields.String(required=True, validate=validate.Length(equal=64))
    holdings = fields.Dict(
        keys=fields.String(validate=UUID),
        values=fields.String(validate=validate.Length(max=64)),
        load_default=None,
        validate=validate.Length(max=MOST_HELD),
    )
    copies = fields.List(
        fields.Nested(BoxIn), load_default=list, validate=validate.Length(max=1000)
    )
    mutations = fields.List(
        fields.Nested(MutationIn), load_default=list, validate=validate.Length(max=1000)
    )
    more = fields.Boolean(load_default=False)
    expects = fields.Dict(
        keys=fields.String(validate=UUID),
        values=fields.String(validate=validate.Length(max=64)),
        load_default=dict,
        validate=validate.Length(max=MOST_HELD),
    )

    unsent = fields.Nested(UnsentIn, load_default=None)
    kinds = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list,
        validate=validate.Length(max=50),
    )

    @pre_load
    def lift(self, said: Any, **_: Any) -> Any:
        """What an older app says, in today's words."""
        return lifted_request(said) if isinstance(said, dict) else said


class OutcomeOut(Schema):
    """What came of one mutation."""

    id = fields.String(required=True)
    outcome = fields.String(required=True)
    code = fields.String(required=True)


class DossierOut(Schema):
    """One dossier as this actor may have it."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    version = fields.String(required=True)
    body = fields.Dict(required=True)


class GoneOut(Schema):
    """What was taken out of a dossier: all of it, a note, or what rested on a consent."""

    dossier_id = fields.String(required=True)
    what = fields.String(required=True)
    id = fields.String(required=True)


class SyncAnswer(Schema):
    """What the server answers; all that is not required came with schema 2."""

    schema = fields.Integer(required=True)
    device_id = fields.String()
    ids = fields.List(fields.String(), required=True)
    receipt = fields.String(required=True, allow_none=True)
    outcomes = fields.List(fields.Nested(OutcomeOut), required=True)
    dossiers = fields.List(fields.Nested(DossierOut), required=True)
    as_expected = fields.List(fields.String())
    drops = fields.List(fields.String(), required=True)
    erased = fields.List(fields.Nested(GoneOut))
    need_holdings = fields.Boolean(required=True)
    renew = fields.Boolean()
    more = fields.Boolean(required=True)


class SealedBoxesBody(Schema):
    """What a device hands over and signs for; `made_at` counts as it is written."""

    device_id = fields.String(required=True, validate=UUID)
    made_at = fields.String(required=True, validate=_an_instant)
    why = fields.String(required=True, validate=validate.OneOf(WHY, error="not-a-choice"))
    boxes = fields.List(
        fields.Nested(BoxIn), required=True, validate=validate.Length(max=1000, error="too-long")
    )
    signature = Packed(required=True, validate=validate.Length(equal=64, error="does-not-fit"))

    @validates_schema
    def only_asks(self, said: dict[str, Any], **_: Any) -> None:
        """Who only asks hands nothing over: taken for that it would be lost."""
        if said["why"] == ASKED and said["boxes"]:
            raise ValidationError({"boxes": ["does-not-fit"]})


class RescueBody(SealedBoxesBody):
    """What stands in a rescue file. Before phones made parts, one signature held for all of it."""

    boxes = fields.List(
        fields.Nested(BoxIn),
        required=True,
        validate=validate.Length(max=MOST_RESCUED, error="too-long"),
    )


class SealedBoxesAnswer(Schema):
    """What came of each box."""

    ids = fields.List(fields.String(), required=True)
    outcomes = fields.List(fields.Nested(OutcomeOut), required=True)
    revoked = fields.Boolean(metadata={"description": "The device was reported lost"})


class RescueFileBody(Schema):
    """A rescue file, or one part of it: the JSON of a SealedBoxesBody, as the phone exported it."""

    file = Upload(required=True)


class RescuedAnswer(SealedBoxesAnswer):
    """What came of each box, and whose they are."""

    author = fields.String(required=True)


class EscrowKeyOut(Schema):
    """The key to which a phone seals: an uncompressed P-256 point, as base64."""

    id = fields.UUID(required=True)
    public_key = fields.String(required=True)


class DeviceBody(Schema):
    """A device and the key with which it signs: P-256, SPKI DER, as base64."""

    device_id = fields.String(required=True, validate=UUID)
    signing_key = Packed(required=True, validate=validate.Length(max=200, error="too-long"))


class SealedDeviceOut(Schema):
    """A device that may seal; `removal_check` (hex) is how it knows the code that empties it."""

    device_id = fields.UUID(required=True)
    escrow_key = fields.Nested(EscrowKeyOut, required=True)
    removal_check = fields.String(required=True)
