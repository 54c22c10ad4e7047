import fc from 'fast-check';
import { encodingOf, smsCostOf } from './sms-segments.rules';

const SMALL = [...'@£$èéùìòÇØåΔΩÆß !"#azAZ09äöñüà\n'];
const DOUBLE = [...'^{}\\[~]|€'];
const LARGE = [...'êçãœ’Ж中'];
const PAIRS = ['👍', '🏋', '𝒳'];

const textOf = (characters: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...characters), { maxLength: 500 }).map((parts) => parts.join(''));
const small = textOf([...SMALL, ...DOUBLE]);
const any = textOf([...SMALL, ...DOUBLE, ...LARGE, ...PAIRS]);

/** Units that a text takes when it is cut nowhere. */
function lengthOf(text: string): number {
  if (encodingOf(text) === 'ucs2') return text.length;
  return [...text].reduce((sum, character) => sum + (DOUBLE.includes(character) ? 2 : 1), 0);
}

/** Cuts the other way round: each segment is filled to the last unit, then what it would tear apart is given back. */
function segmentsByCutting(text: string): number {
  const isLarge = encodingOf(text) === 'ucs2';
  const [alone, each] = isLarge ? [70, 67] : [160, 153];
  // A place for each unit: '<' where a character of two begins, '>' where it ends.
  const cells = [...text]
    .map((character) => ((isLarge ? character.length : lengthOf(character)) === 2 ? '<>' : '.'))
    .join('');
  if (cells.length <= alone) return 1;
  let segments = 0;
  for (let at = 0; at < cells.length; segments += 1) {
    const end = Math.min(at + each, cells.length);
    at = cells[end - 1] === '<' ? end - 1 : end;
  }
  return segments;
}

describe('the segments of any SMS', () => {
  it('are as many as cutting it makes, wherever the characters of two units stand', () => {
    fc.assert(fc.property(any, (text) => smsCostOf(text).segments === segmentsByCutting(text)));
    fc.assert(fc.property(small, (text) => smsCostOf(text).segments === segmentsByCutting(text)));
  });

  it('have room for the text, and at most one unit of each is left over', () => {
    fc.assert(
      fc.property(any, (text) => {
        const { encoding, segments } = smsCostOf(text);
        const [alone, each] = encoding === 'ucs2' ? [70, 67] : [160, 153];
        const length = lengthOf(text);
        if (segments === 1) return length <= alone;
        return length > alone && length <= segments * each && length > (segments - 1) * (each - 1);
      }),
    );
  });

  it('never become fewer when the text grows', () => {
    fc.assert(fc.property(any, any, (one, other) => smsCostOf(one + other).segments >= smsCostOf(one).segments));
  });

  it('are of the small alphabet exactly when every character is', () => {
    fc.assert(fc.property(small, (text) => encodingOf(text) === 'gsm7'));
    fc.assert(
      fc.property(
        small,
        fc.constantFrom(...LARGE, ...PAIRS),
        small,
        (before, large, after) => encodingOf(before + large + after) === 'ucs2',
      ),
    );
  });
});
