/**
 * What an SMS costs: the network sends it in segments of 140 bytes, and each is paid. A text of the GSM 03.38 alphabet
 * has 7 bits a character; one character beyond it, and every character of the text takes 16.
 */
export const SMS_ENCODINGS = ['gsm7', 'ucs2'] as const;
export type SmsEncoding = (typeof SMS_ENCODINGS)[number];

export interface SmsCost {
  encoding: SmsEncoding;
  /** At least 1. */
  segments: number;
}

/** The default alphabet, without its escape. Of the accents it has é è à ù ì ò, and neither ê nor ç nor ã. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Written as an escape and a second character. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Units of a text that goes alone, and of each segment of one that does not: that has a header. */
const ROOM: Readonly<Record<SmsEncoding, { alone: number; each: number }>> = {
  gsm7: { alone: 160, each: 153 },
  ucs2: { alone: 70, each: 67 },
};

export function encodingOf(text: string): SmsEncoding {
  return [...text].every((character) => BASIC.has(character) || EXTENDED.has(character)) ? 'gsm7' : 'ucs2';
}

/** An empty text is one segment too. A character of two units is never torn apart: it begins the next segment. */
export function smsCostOf(text: string): SmsCost {
  const encoding = encodingOf(text);
  const { alone, each } = ROOM[encoding];
  const units = [...text].map((character) => unitsOf(character, encoding));
  const total = units.reduce((sum, count) => sum + count, 0);
  if (total <= alone) return { encoding, segments: 1 };
  let segments = 1;
  let used = 0;
  for (const count of units) {
    if (used + count > each) {
      segments += 1;
      used = 0;
    }
    used += count;
  }
  return { encoding, segments };
}

/** Septets, or units of UTF-16. */
function unitsOf(character: string, encoding: SmsEncoding): number {
  if (encoding === 'ucs2') return character.length;
  return EXTENDED.has(character) ? 2 : 1;
}
