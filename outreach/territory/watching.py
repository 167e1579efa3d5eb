"""Who follows an import: how far it is, whether it should stop, and every row it leaves out."""

from collections.abc import Callable
from dataclasses import dataclass

from outreach.territory.columns import Layout
from outreach.territory.reading import RefusedRow


@dataclass(frozen=True)
class Watch:
    """`progress(done, of)`, in lines or in bytes; a wish to stop; and every row not taken."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    refused: Callable[[RefusedRow, Layout], None] = lambda _row, _layout: None
