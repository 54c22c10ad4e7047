import { encodingOf, smsCostOf } from './sms-segments.rules';

describe('the encoding of an SMS', () => {
  it.each([
    'Bonjour Zoé, à demain, où tu sais !',
    '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r',
    '[50 €] {a|b} ~ ^ \\',
    '',
  ])('is the small alphabet for %j', (text) => {
    expect(encodingOf(text)).toBe('gsm7');
  });

  it.each(['fête', 'ça', 'amanhã', 'l’heure', 'œuf', '10:00\u202fAM', '👍', 'Привет', '\t', 'À'])(
    'is UCS-2 for %j',
    (text) => {
      expect(encodingOf(text)).toBe('ucs2');
    },
  );
});

describe('the segments of an SMS', () => {
  it.each<[string, string, number]>([
    ['nothing', '', 1],
    ['160 small characters', 'a'.repeat(160), 1],
    ['161', 'a'.repeat(161), 2],
    ['306', 'a'.repeat(306), 2],
    ['307', 'a'.repeat(307), 3],
    ['80 that count twice', '€'.repeat(80), 1],
    ['81 that count twice', '€'.repeat(81), 2],
    ['70 large characters', 'ê'.repeat(70), 1],
    ['71', 'ê'.repeat(71), 2],
    ['134', 'ê'.repeat(134), 2],
    ['135', 'ê'.repeat(135), 3],
    ['35 emoji', '👍'.repeat(35), 1],
    ['36 emoji', '👍'.repeat(36), 2],
  ])('of %s', (_, text, segments) => {
    expect(smsCostOf(text).segments).toBe(segments);
  });

  it('leave room at an end that a character of two units does not fit into', () => {
    // 152 + 2 septets: the euro begins the second segment, which so has room for 151 more.
    expect(smsCostOf(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual({ encoding: 'gsm7', segments: 2 });
    expect(smsCostOf(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual({ encoding: 'gsm7', segments: 3 });
    // 66 + 2 units of UTF-16.
    expect(smsCostOf(`${'ê'.repeat(66)}👍${'ê'.repeat(65)}`)).toEqual({ encoding: 'ucs2', segments: 2 });
    expect(smsCostOf(`${'ê'.repeat(66)}👍${'ê'.repeat(66)}`)).toEqual({ encoding: 'ucs2', segments: 3 });
  });
});
