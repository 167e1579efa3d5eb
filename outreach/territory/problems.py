"""What can be wrong with an address list as a whole, and with one of its rows."""

from outreach.errors import InputError, InvalidInput


class UnreadableList(InvalidInput):
    """The file is no address list we can read; its one input error says why, at `/file`."""

    code = "unreadable-list"

    def __init__(self, reason: str, **params: str | int) -> None:
        super().__init__(InputError("/file", reason, params))


class ImportCancelled(Exception):  # noqa: N818 - somebody wanted this
    """Stopped on request before anything was written."""


class Refusal(Exception):  # noqa: N818 - a value on its way to the list of refused rows
    """Why one row cannot be taken: a stable code, its text is `territory.refusal.<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
