import { localeIn } from './languages';

describe('how numbers and dates are written in a language', () => {
  it('is as somebody’s own locale does when it is of that language', () => {
    expect(localeIn('en', 'en-GB')).toBe('en-GB');
    expect(localeIn('pt', 'pt-BR')).toBe('pt-BR');
  });

  it('is as that language does when it is another one', () => {
    expect(localeIn('fr', 'en-GB')).toBe('fr');
    // Whose texts are in English, but whose dates would not be.
    expect(localeIn('en', 'de-DE')).toBe('en');
  });
});
