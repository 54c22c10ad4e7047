import type { Language } from 'src/common/i18n/languages';
import { fitted, label, plainText, tag, textWidth, wrapped } from './svg';
import type { Palette } from './theme';

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
/** Room at the left and right edge. */
export const MARGIN = 16;
const TITLE_FOOT = 31;
const LINE = 18;
const EMPTY_HEIGHT = 240;

export interface PictureTexts {
  language: Language;
  title: string;
  /** What stands below the title, in one line if there is room for it. */
  subtitles: readonly string[];
  /** The whole of it in words, for who does not see it. */
  description: string;
}

/**
 * A picture of a chart: everything it needs is in it, nothing of it runs, and a screen reader can tell it.
 *
 * @param id apart from other pictures of the same page
 */
export function picture(
  id: string,
  size: { width: number; height: number },
  texts: PictureTexts,
  palette: Palette,
  content: readonly string[],
): string {
  const { width, height } = size;
  const room = width - 2 * MARGIN;
  const title = fitted(texts.title, room, 17);
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${String(width)} ${String(height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      lang: texts.language,
      'font-family': FONTS,
    },
    tag('title', { id: `${id}-title` }, plainText(texts.title)),
    tag('desc', { id: `${id}-description` }, plainText(texts.description)),
    tag('rect', { width, height, rx: 12, fill: palette.background }),
    label(title, MARGIN, TITLE_FOOT, { fill: palette.ink, size: 17, bold: true }),
    ...linesOf(texts, width).map((line, place) =>
      label(fitted(line, room), MARGIN, TITLE_FOOT + (place + 1) * LINE + 1, { fill: palette.muted }),
    ),
    ...content,
  );
}

/** Where the heading of such a picture ends. */
export function headingBottom(texts: Pick<PictureTexts, 'subtitles'>, width: number): number {
  return TITLE_FOOT + linesOf(texts, width).length * LINE + 8;
}

function linesOf({ subtitles }: Pick<PictureTexts, 'subtitles'>, width: number): readonly string[] {
  const one = subtitles.join(' · ');
  return textWidth(one) <= width - 2 * MARGIN && one !== '' ? [one] : subtitles;
}

/** A picture for when there is nothing to draw: a few friendly words. */
export function emptyPicture(
  id: string,
  width: number,
  texts: Omit<PictureTexts, 'subtitles'>,
  palette: Palette,
): string {
  const lines = wrapped(texts.description, Math.min(width - 4 * MARGIN, 420), 14);
  const middle = EMPTY_HEIGHT / 2 + 42;
  const bars = [14, 26, 20, 34].map((height, place) =>
    tag('rect', {
      x: width / 2 - 33 + place * 18,
      y: middle - 34 - height,
      width: 12,
      height,
      rx: 3,
      fill: place === 3 ? palette.accent : palette.soft,
    }),
  );
  return picture(id, { width, height: EMPTY_HEIGHT }, { ...texts, subtitles: [] }, palette, [
    ...bars,
    ...lines.map((line, place) =>
      label(line, width / 2, middle + place * 21, { fill: palette.muted, size: 14, anchor: 'middle' }),
    ),
  ]);
}
