import { PALETTES, THEMES } from './theme';

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(THEMES)('the colours of the %s theme', (theme) => {
  const { background, ink, muted, accent, highlight, grid, soft } = PALETTES[theme];

  it('let texts be read, and figures be seen', () => {
    for (const text of [ink, muted]) expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
    for (const figure of [accent, highlight]) expect(contrast(figure, background)).toBeGreaterThanOrEqual(3);
  });

  it('keep what is behind behind', () => {
    expect(contrast(grid, background)).toBeLessThan(contrast(soft, background));
    expect(contrast(soft, background)).toBeLessThan(contrast(accent, background));
  });
});
