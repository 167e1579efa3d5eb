/** Icons are drawn as one outline each: shapes put one after another must stay where they were. */
import { describe, expect, it } from 'vitest';
import { outline } from '../../build/icons';

describe('the outline of an icon', () => {
  it('lets a path that begins relatively count from the origin, not from the shape before it', () => {
    const shapes = [
      ['path', { d: 'M4 4h2' }],
      ['path', { d: 'm1 1 2 2' }],
    ] as const;
    expect(outline(shapes)).toBe('M4 4h2M0 0m1 1 2 2');
  });

  it('draws circles, lines and rounded boxes', () => {
    expect(outline([['circle', { cx: '5', cy: '6', r: '2' }]])).toBe(
      'M3 6a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z',
    );
    expect(outline([['line', { x1: '1', y1: '2', x2: '3', y2: '4' }]])).toBe('M1 2L3 4');
    expect(outline([['rect', { x: '2', y: '3', width: '8', height: '6', rx: '1' }]])).toBe(
      'M3 3h6a1 1 0 0 1 1 1v4a1 1 0 0 1 -1 1h-6a1 1 0 0 1 -1 -1v-4a1 1 0 0 1 1 -1z',
    );
  });

  it('refuses what it cannot draw', () => {
    expect(() => outline([['polygon', {}]])).toThrow('polygon');
  });
});
