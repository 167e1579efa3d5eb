/** The drawn map of streets: what is under everything where there are no pictures of the town. */
import {
  DivIcon,
  LayerGroup,
  Marker,
  Polyline,
  type Canvas,
  type Map as LeafletMap,
  type Point,
} from 'leaflet';
import type { Palette } from './marks';
import { NO_GROUND, type Ground, type Place } from './places';

const MOST_NAMES = 60;
/** Pixels that a name keeps free around it. */
const ROOM = { across: 110, down: 24 };

/** Lines in one layer, as wide as a street is; and names where there is room for them. */
export class GroundLayer {
  private readonly streets = new LayerGroup();
  private readonly names = new LayerGroup();
  private shown: Ground = NO_GROUND;

  constructor(
    private readonly map: LeafletMap,
    private readonly renderer: Canvas,
    private readonly palette: Palette,
  ) {
    this.streets.addTo(map);
    this.names.addTo(map);
    map.on('zoomend', () => {
      this.redraw();
    });
  }

  show(ground: Ground): void {
    this.shown = ground;
    this.redraw();
  }

  redraw(): void {
    this.streets.clearLayers();
    this.names.clearLayers();
    const { lines, names } = this.shown;
    if (lines.length > 0) {
      const road = new Polyline(
        lines.map((line) => line.map(({ lat, lon }): [number, number] => [lat, lon])),
        {
          renderer: this.renderer,
          color: this.palette('--voordeur-map-road'),
          weight: Math.max(4, 2 ** (this.map.getZoom() - 13)),
          interactive: false,
          smoothFactor: 1,
        },
      );
      road.addTo(this.streets);
      road.bringToBack();
    }
    for (const name of this.withRoom(names)) this.write(name);
  }

  /** The names that do not lie over one that is there already. */
  private withRoom(names: Ground['names']): Ground['names'] {
    const taken: Point[] = [];
    return names
      .filter((name) => {
        const at = this.map.latLngToContainerPoint([name.lat, name.lon]);
        const isFree = taken.every(
          (other) => Math.abs(other.x - at.x) > ROOM.across || Math.abs(other.y - at.y) > ROOM.down,
        );
        if (isFree) taken.push(at);
        return isFree;
      })
      .slice(0, MOST_NAMES);
  }

  private write({ name, lat, lon }: Place & { readonly name: string }): void {
    const words = document.createElement('span');
    words.textContent = name;
    const icon = new DivIcon({ html: words, className: 'street-name', iconSize: [0, 0] });
    new Marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(this.names);
  }
}
