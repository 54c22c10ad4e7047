import { escapeHtml } from 'src/common/http/html';

/** What XML cannot hold, not even escaped. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** A middling letter, in parts of the size of the type: nobody knows the reader's fonts. */
const LETTER_WIDTH = 0.6;

/** An element of SVG. Attributes without a value are left out; `content` is markup already. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...content: readonly string[]
): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${attributeText(value)}"`]))
    .join('');
  return content.length > 0 ? `<${name}${written}>${content.join('')}</${name}>` : `<${name}${written}/>`;
}

/** What people and catalogues write stays text in SVG. */
export function plainText(text: string): string {
  return escapeHtml(text.replace(UNWRITABLE, ''));
}

function attributeText(value: string | number): string {
  // A hundredth of a pixel is more than anybody sees.
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : plainText(value);
}

export interface LabelOptions {
  fill: string;
  /** Pixels; 12. */
  size?: number;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
}

/** A line of text whose foot stands at `y`. */
export function label(text: string, x: number, y: number, { fill, size = 12, bold, anchor }: LabelOptions): string {
  const attributes = { x, y, fill, 'font-size': size, 'font-weight': bold ? 600 : undefined, 'text-anchor': anchor };
  return tag('text', attributes, plainText(text));
}

/** Roughly how wide a text comes out, in pixels. */
export function textWidth(text: string, size = 12): number {
  return [...text].length * size * LETTER_WIDTH;
}

/** The text, or as much of it as there is room for. */
export function fitted(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  const room = Math.max(1, Math.floor(width / (size * LETTER_WIDTH)) - 1);
  return `${[...text].slice(0, room).join('').trimEnd()}…`;
}

/** The text in lines for which there is room; a longer word has a line of its own. */
export function wrapped(text: string, width: number, size = 12): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const longer = lines.length > 0 ? `${lines.at(-1) ?? ''} ${word}` : word;
    return lines.length > 0 && textWidth(longer, size) <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}
