"""Where everything stands on the sheet, in millimetres from the top left of an A4.

The sheet is folded twice to a third (99 mm high) and slides to and fro in an envelope of 220 x 110
mm with the window that Dutch post is used to: 100 x 30 mm, 20 mm from the left and from the
bottom. What must be read through the window stands where it shows however the sheet lies; nothing
else stands where it might show: the envelope tells nobody what is in it.
"""

from typing import NamedTuple

POINTS = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
MARGIN_TOP, MARGIN_SIDE, MARGIN_BOTTOM = 14.0, 22.0, 16.0
TEXT_TOP = 101.0


class Box(NamedTuple):
    """A rectangle on the sheet, in millimetres."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.top + self.height


ENVELOPE_WIDTH, ENVELOPE_HEIGHT, FOLDED_HEIGHT = 220.0, 110.0, 99.0
WINDOW = Box(20, ENVELOPE_HEIGHT - 20 - 30, 100, 30)
SLACK_ACROSS, SLACK_DOWN = ENVELOPE_WIDTH - PAGE_WIDTH, ENVELOPE_HEIGHT - FOLDED_HEIGHT

ALWAYS_SEEN = Box(WINDOW.left, WINDOW.top, WINDOW.width - SLACK_ACROSS, WINDOW.height - SLACK_DOWN)
MAYBE_SEEN = Box(
    WINDOW.left - SLACK_ACROSS,
    WINDOW.top - SLACK_DOWN,
    WINDOW.width + SLACK_ACROSS,
    WINDOW.height + SLACK_DOWN,
)

LOGO = Box(MARGIN_SIDE, MARGIN_TOP, 80, 28)
SENDER = Box(124, MARGIN_TOP, 64, 34)
ADDRESS_LINE = 4.5
ADDRESS = Box(MARGIN_SIDE, ALWAYS_SEEN.top + 0.5, 86, 4 * ADDRESS_LINE)
CODE = Box(124, 50, 64, 44)
QR = Box(124, 50, 28, 28)
