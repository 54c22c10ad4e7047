import { dateFormat, listFormat, numberFormat, pluralRules } from './intl-formats';

describe('a format', () => {
  it('is made once for each locale and way of writing', () => {
    const two = numberFormat('fr-FR', { maximumFractionDigits: 2 });
    expect(numberFormat('fr-FR', { maximumFractionDigits: 2 })).toBe(two);
    expect(numberFormat('de-DE', { maximumFractionDigits: 2 })).not.toBe(two);
    expect(numberFormat('fr-FR', { maximumFractionDigits: 1 })).not.toBe(two);
  });

  it.each([dateFormat, listFormat, pluralRules])('of its own kind is made once, too', (format) => {
    const known = format('fr', {});
    expect(format('fr', {})).toBe(known);
    expect(format('en', {})).not.toBe(known);
    expect(known).not.toBe(numberFormat('fr', {}));
  });

  it('is right after more of them than are kept', () => {
    for (let digits = 0; digits <= 20; digits += 1)
      for (let least = 1; least <= 21; least += 1)
        numberFormat('en', { maximumFractionDigits: digits, minimumIntegerDigits: least });
    for (let least = 1; least <= 21; least += 1)
      for (const locale of ['fr', 'es', 'pt', 'de']) numberFormat(locale, { minimumIntegerDigits: least });
    expect(numberFormat('en', { maximumFractionDigits: 1 }).format(1.25)).toBe('1.3');
  });
});
