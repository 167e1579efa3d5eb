/**
 * Leaflet behind a few words of our own. It comes when a map is asked for, never before. Nothing in it
 * writes markup, so the strict content policy stays; see build/leaflet.ts.
 */
import 'leaflet/dist/leaflet.css';
import {
  Canvas,
  DomEvent,
  LatLngBounds,
  LayerGroup,
  Map as Leaflet,
  Polygon,
  Polyline,
  TileLayer,
  Tooltip,
  type LeafletMouseEvent,
} from 'leaflet';
import { CornerHandles } from './corners';
import { GroundLayer } from './ground-layer';
import { Mark } from './marks';
import type { Background, Box, Ground, MapArea, MapLine, MapPoint, Place, View } from './places';

export interface Told {
  onmove(view: View): void;
  onselect(id: string): void;
  /** Somebody pressed the map itself, in drawing. */
  onplace(place: Place): void;
  oncorners(id: string, corners: readonly Place[]): void;
  /** The pictures do not come. */
  onfailed(): void;
}

const LEAST_ZOOM = 7;
const MOST_ZOOM = 19;
const CLOSEST_FIT = 18;
const latLngs = (places: readonly Place[]): [number, number][] =>
  places.map(({ lat, lon }) => [lat, lon]);

/** One map in one element. */
export class TownMap {
  private readonly map: Leaflet;
  private readonly canvas = new Canvas({ padding: 0.3, tolerance: 10 });
  private readonly points = new LayerGroup();
  private readonly lines = new LayerGroup();
  private readonly areas = new Map<string, Polygon>();
  private readonly marks = new Map<string, Mark>();
  private readonly handles: CornerHandles;
  private readonly ground: GroundLayer;
  private readonly hint = new Tooltip({ direction: 'top', offset: [0, -8] });
  private tiles: TileLayer | null = null;
  private editing: string | null = null;
  private drawing = false;
  private chosen: ReadonlySet<string> = new Set();

  constructor(
    element: HTMLElement,
    private readonly told: Told,
    start: Box,
  ) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map = new Leaflet(element, {
      renderer: this.canvas,
      zoomControl: false,
      attributionControl: false,
      minZoom: LEAST_ZOOM,
      maxZoom: MOST_ZOOM,
      zoomAnimation: !still,
      fadeAnimation: !still,
      inertia: !still,
    });
    if (still) {
      const pan = this.map.panBy.bind(this.map);
      this.map.panBy = (by, options) => pan(by, { ...options, animate: false });
    }
    this.ground = new GroundLayer(this.map, this.canvas, this.palette);
    this.lines.addTo(this.map);
    this.points.addTo(this.map);
    this.handles = new CornerHandles(this.map, {
      moving: (corners) => this.shape(this.editing)?.setLatLngs(latLngs(corners)),
      changed: (corners) => {
        if (this.editing !== null) told.oncorners(this.editing, corners);
      },
    });
    this.fit(start);
    this.map.on('moveend', () => {
      told.onmove(this.view());
    });
    this.map.on('click', ({ latlng }: LeafletMouseEvent) => {
      told.onplace({ lat: latlng.lat, lon: latlng.lng });
    });
  }

  /** A custom property as it is now; Leaflet's canvas knows no others. */
  private readonly palette = (name: string): string =>
    getComputedStyle(this.map.getContainer()).getPropertyValue(name).trim();

  /** What is on screen. */
  view(): View {
    const bounds = this.map.getBounds();
    return {
      south: bounds.getSouth(),
      west: bounds.getWest(),
      north: bounds.getNorth(),
      east: bounds.getEast(),
      zoom: this.map.getZoom(),
    };
  }

  centre(): Place {
    const { lat, lng } = this.map.getCenter();
    return { lat, lon: lng };
  }

  zoom(by: 1 | -1): void {
    this.map.setZoom(this.map.getZoom() + by);
  }

  fit({ south, west, north, east }: Box): void {
    const bounds = new LatLngBounds([south, west], [north, east]);
    this.map.fitBounds(bounds, { maxZoom: CLOSEST_FIT, padding: [24, 24] });
  }

  /** Whether pressing the map places corners: then two quick ones are two, not a step closer. */
  draw(now: boolean): void {
    this.drawing = now;
    if (now) this.map.doubleClickZoom.disable();
    else this.map.doubleClickZoom.enable();
  }

  /** The element has another size than before. */
  resized(): void {
    this.map.invalidateSize({ animate: false });
  }

  /** Light became dark, or the other way round. */
  recolour(shown: Shown): void {
    this.showAreas(shown.areas, this.editing);
    this.showLines(shown.lines);
    this.showPoints(shown.points);
    this.ground.redraw();
  }

  showBackground(background: Background | null): void {
    this.tiles?.remove();
    this.tiles = null;
    if (background === null) return;
    const { url, least_zoom: minZoom, most_zoom: maxNativeZoom } = background;
    const tiles = new TileLayer(url, {
      minZoom,
      maxNativeZoom,
      maxZoom: MOST_ZOOM,
      referrerPolicy: 'no-referrer',
    });
    let came = false;
    tiles.on('tileload', () => (came = true));
    tiles.on('tileerror', () => {
      if (!came && this.tiles === tiles) this.told.onfailed();
    });
    this.tiles = tiles.addTo(this.map);
  }

  showGround(ground: Ground): void {
    this.ground.show(ground);
  }

  showPoints(points: readonly MapPoint[]): void {
    this.points.clearLayers();
    this.marks.clear();
    this.map.closeTooltip(this.hint);
    for (const point of points) {
      const mark = new Mark(point, this.palette, this.chosen.has(point.id));
      mark.on('click', (event) => {
        // Who draws an area puts a corner on top of a door too.
        if (this.drawing) return;
        DomEvent.stopPropagation(event);
        this.told.onselect(point.id);
      });
      mark.on('mouseover', () => {
        this.point(mark);
      });
      mark.on('mouseout', () => this.map.closeTooltip(this.hint));
      this.marks.set(point.id, mark.addTo(this.points));
    }
  }

  choose(chosen: ReadonlySet<string>): void {
    this.chosen = chosen;
    for (const [id, mark] of this.marks) mark.choose(chosen.has(id));
  }

  showLines(lines: readonly MapLine[]): void {
    this.lines.clearLayers();
    for (const { places, colour, dashed = false } of lines) {
      const options = { color: this.palette(colour), weight: 3, interactive: false };
      new Polyline(latLngs(places), dashed ? { ...options, dashArray: '8 6' } : options).addTo(
        this.lines,
      );
    }
  }

  showAreas(areas: readonly MapArea[], editing: string | null): void {
    for (const polygon of this.areas.values()) polygon.remove();
    this.areas.clear();
    this.editing = editing;
    for (const { id, corners } of areas) {
      const polygon = new Polygon(latLngs(corners), {
        color: this.palette('--voordeur-accent'),
        weight: id === editing ? 3 : 2,
        fillOpacity: 0.12,
        interactive: false,
        ...(id === editing ? { dashArray: '10 5' } : {}),
      });
      this.areas.set(id, polygon.addTo(this.map));
    }
    this.handles.show(areas.find(({ id }) => id === editing)?.corners ?? []);
  }

  remove(): void {
    this.map.remove();
  }

  private shape(id: string | null): Polygon | undefined {
    return id === null ? undefined : this.areas.get(id);
  }

  private point(mark: Mark): void {
    const words = document.createElement('span');
    words.textContent = mark.shown.label;
    this.map.openTooltip(this.hint.setContent(words).setLatLng(mark.getLatLng()));
  }
}

export interface Shown {
  readonly points: readonly MapPoint[];
  readonly lines: readonly MapLine[];
  readonly areas: readonly MapArea[];
}
