import { faultOfLabel, labelIn, LONGEST_LABEL, trimmedLabel } from './parameter.rules';

describe('the label of a parameter', () => {
  it.each<[string, unknown]>([
    ['in all languages', { en: 'Weight', fr: 'Poids', es: 'Peso', pt: 'Peso' }],
    ['in one of them', { fr: 'Poids' }],
    ['as long as it may be', { en: '😀'.repeat(LONGEST_LABEL) }],
  ])('is good %s', (_, label) => {
    expect(faultOfLabel(label)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['no object', 'Weight', 'invalid_type'],
    ['a list', ['Weight'], 'invalid_type'],
    ['nothing', null, 'invalid_type'],
    ['empty', {}, 'required'],
    ['an empty text', { en: ' ' }, 'required'],
    ['a number', { en: 7 }, 'invalid_type'],
    ['a language that we do not speak', { en: 'Weight', de: 'Gewicht' }, 'invalid_locale'],
    ['a region', { 'fr-FR': 'Poids' }, 'invalid_locale'],
    ['a name of every object', JSON.parse('{"__proto__": "x", "en": "Weight"}'), 'invalid_locale'],
    ['too long', { en: 'x'.repeat(LONGEST_LABEL + 1) }, 'too_long'],
    ['two lines', { en: 'a\nb' }, 'invalid_format'],
    ['half a character', { en: '\ud800' }, 'invalid_format'],
  ])('is refused when it is %s', (_, label, fault) => {
    expect(faultOfLabel(label)).toBe(fault);
  });

  it('loses the spaces around its texts', () => {
    expect(trimmedLabel({ fr: ' Poids ', en: 'Weight' })).toEqual({ en: 'Weight', fr: 'Poids' });
  });

  it('is read in the language asked for, else in the first that is there', () => {
    expect(labelIn('es', { en: 'Weight', es: 'Peso' })).toBe('Peso');
    expect(labelIn('pt', { fr: 'Poids', es: 'Peso' })).toBe('Poids');
    expect(labelIn('pt', {})).toBeNull();
  });
});
