/**
 * The corners of an area as handles: dragged by mouse and finger, moved with the arrows, taken away
 * with Delete. Between two corners lies a smaller handle that becomes a corner.
 */
import { DivIcon, LayerGroup, Marker, type LatLng, type Map as LeafletMap } from 'leaflet';
import { t } from '../../lib/i18n.svelte';
import type { Place } from './places';

const STEP = 10;
const FINE = 1;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Changes {
  /** While a corner is on its way. */
  moving(corners: readonly Place[]): void;
  /** It lies where it is wanted. */
  changed(corners: readonly Place[]): void;
}

type Corners = readonly Place[];

const placeOf = ({ lat, lng }: LatLng): Place => ({ lat, lon: lng });

function icon(kind: string): DivIcon {
  const dot = document.createElement('span');
  return new DivIcon({ html: dot, className: `handle ${kind}`, iconSize: [44, 44] });
}

/** Handles for one area at a time. */
export class CornerHandles {
  private readonly group = new LayerGroup();
  private corners: Corners = [];
  private focus: number | null = null;

  constructor(
    private readonly map: LeafletMap,
    private readonly changes: Changes,
  ) {
    this.group.addTo(map);
  }

  /** Show the handles of these corners and no others. */
  show(corners: Corners): void {
    this.corners = corners;
    this.group.clearLayers();
    const closes = corners.length > 2;
    corners.forEach((corner, at) => {
      const next = corners[(at + 1) % corners.length];
      if (next && (closes || at + 1 < corners.length)) this.between(at, corner, next);
    });
    corners.forEach((corner, at) => {
      this.corner(at, corner);
    });
    this.focus = null;
  }

  private with(at: number, place: Place): Corners {
    return this.corners.map((corner, other) => (other === at ? place : corner));
  }

  private without(at: number): Corners {
    return this.corners.filter((_, other) => other !== at);
  }

  private inserted(at: number, place: Place): Corners {
    return [...this.corners.slice(0, at + 1), place, ...this.corners.slice(at + 1)];
  }

  private settle(corners: Corners, focus: number | null): void {
    this.focus = focus;
    this.changes.changed(corners);
  }

  private corner(at: number, place: Place): void {
    const marker = this.handle(place, 'corner', t('map.corner', { number: at + 1 }));
    marker.on('drag', () => {
      this.changes.moving(this.with(at, placeOf(marker.getLatLng())));
    });
    marker.on('dragend', () => {
      this.settle(this.with(at, placeOf(marker.getLatLng())), at);
    });
    const element = marker.getElement();
    element?.addEventListener('keydown', (event) => {
      this.pressed(event, at, marker);
    });
    if (this.focus === at) element?.focus({ preventScroll: true });
  }

  private pressed(event: KeyboardEvent, at: number, marker: Marker): void {
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = event.shiftKey ? FINE : STEP;
      const from = this.map.latLngToContainerPoint(marker.getLatLng());
      const to = from.add([arrow[0] * step, arrow[1] * step]);
      this.settle(this.with(at, placeOf(this.map.containerPointToLatLng(to))), at);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.settle(this.without(at), Math.min(at, this.corners.length - 2));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private between(at: number, one: Place, other: Place): void {
    const middle = { lat: (one.lat + other.lat) / 2, lon: (one.lon + other.lon) / 2 };
    const name = t('map.between', { one: at + 1, other: ((at + 1) % this.corners.length) + 1 });
    const marker = this.handle(middle, 'between', name);
    const become = (): void => {
      this.settle(this.inserted(at, placeOf(marker.getLatLng())), at + 1);
    };
    marker.on('drag', () => {
      this.changes.moving(this.inserted(at, placeOf(marker.getLatLng())));
    });
    marker.on('dragend', become);
    marker.on('click', become);
  }

  private handle({ lat, lon }: Place, kind: string, name: string): Marker {
    const marker = new Marker([lat, lon], { icon: icon(kind), draggable: true, keyboard: true });
    marker.addTo(this.group);
    marker.getElement()?.setAttribute('aria-label', name);
    return marker;
  }
}
