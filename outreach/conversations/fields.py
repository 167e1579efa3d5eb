"""Fields of what phones send: strict about kinds, gentle with what people type."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from outreach.conversations.bsn import mask_bsn
from outreach.web.schemas import storable

LONGEST_TEXT = 20_000
SLUG = validate.Regexp(r"^[a-z0-9][a-z0-9_-]*$(?!\n)", error="does-not-fit")
SLUG_OR_NONE = validate.Regexp(r"^([a-z0-9][a-z0-9_-]*)?$(?!\n)", error="does-not-fit")
LAST_POSITION = 1_000_000


class FreeText(fields.String):
    """What people type: emoji and right-to-left pass unharmed, a BSN is masked.

    `masked=False` is for telephone numbers, where nine digits are what was asked for.
    What no database stores goes: NUL is dropped, half a surrogate pair becomes U+FFFD.
    """

    def __init__(
        self, most: int = LONGEST_TEXT, *, masked: bool = True, filled: bool = False, **options: Any
    ) -> None:
        checks: list[validate.Validator] = [validate.Length(max=most, error="too-long")]
        if filled:
            checks.append(validate.Regexp(r"\s*\S", error="missing"))
        self._masked = masked
        super().__init__(validate=checks, **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        whole = storable(text)
        return mask_bsn(whole) if self._masked else whole


class Reference(fields.UUID):
    """An id, as the text our keys are."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        return str(super()._deserialize(value, attr, data, **kwargs))


class Flag(fields.Field[bool]):
    """True or false, and nothing that looks like it."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("does-not-fit")
        return value


def choice(*words: str, **options: Any) -> fields.String:
    """One of a fixed list."""
    return fields.String(validate=validate.OneOf(words, error="not-a-choice"), **options)


def slug(most: int, *, empty: bool = False, **options: Any) -> fields.String:
    """A key of a guide or a word: no room for anything somebody said."""
    length = validate.Length(max=most, error="too-long")
    return fields.String(validate=[SLUG_OR_NONE if empty else SLUG, length], **options)


def position(**options: Any) -> fields.Integer:
    """A place in a list."""
    fits = validate.Range(min=0, max=LAST_POSITION, error="does-not-fit")
    return fields.Integer(strict=True, validate=fits, **options)
