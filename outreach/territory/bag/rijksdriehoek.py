"""From the national grid of the Netherlands (RD New, metres) to degrees on a phone's map."""

from collections.abc import Sequence

from pyproj import Transformer
from pyproj.network import set_network_enabled  # type: ignore[attr-defined] # from C

RD_NEW, WGS84 = "EPSG:28992", "EPSG:4326"


class ToDegrees:
    """Turns RD into WGS84, to about a quarter of a metre, without any file from elsewhere."""

    def __init__(self) -> None:
        set_network_enabled(active=False)
        self._grid = Transformer.from_crs(RD_NEW, WGS84, always_xy=True)

    def __call__(
        self, xs: Sequence[float], ys: Sequence[float]
    ) -> tuple[Sequence[float], Sequence[float]]:
        """Latitudes and longitudes; infinite where there is no such place."""
        lons, lats = self._grid.transform(xs, ys)
        return lats, lons
