import fc from 'fast-check';
import { askedWords, plainText, spaced, wordsOf } from './search.rules';

describe('the words of a text', () => {
  it.each([
    ['Éloïse KŒNIG', ['eloise', 'koenig']],
    ['Jean-François  d’Arc', ['jean', 'francois', 'd', 'arc']],
    ['Straße', ['strasse']],
    ['Łukasz Øre Æsir Þór Đặng', ['lukasz', 'ore', 'aesir', 'thor', 'dang']],
    ['İstanbul Irmak ışık', ['istanbul', 'irmak', 'isik']],
    ['ﬁtness ２４', ['fitness', '24']],
    ['Иван Петров', ['иван', 'петров']],
    ['bien_etre', ['bien', 'etre']],
    ["'; DROP TABLE users; --", ['drop', 'table', 'users']],
    ['%_\\', []],
    ['', []],
  ])('of %p are %p', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are the same for every spelling of the same letters, and hold nothing that LIKE reads as a sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(text.normalize('NFD'))).toEqual(words);
        expect(wordsOf(words.join(' '))).toEqual(words);
        expect(words.join('')).not.toMatch(/[%_\\\s]/);
      }),
    );
  });
});

describe('one text of them', () => {
  it('is nothing where there is no word', () => {
    expect(plainText('Saint-Étienne')).toBe('saint etienne');
    expect(plainText(' – ')).toBeNull();
    expect(plainText(null)).toBeNull();
  });

  it('has each word between spaces', () => {
    expect(spaced(['ines', 'durand'])).toBe(' ines durand ');
  });
});

describe('the words that are asked for', () => {
  it('are each there once, and the two longest are known', () => {
    expect(askedWords('Inès inès Durand')).toEqual({
      words: ['ines', 'durand'],
      longest: 'durand',
      nextLongest: 'ines',
    });
    expect(askedWords('yoga')).toEqual({ words: ['yoga'], longest: 'yoga', nextLongest: null });
  });

  it('are none for punctuation', () => {
    expect(askedWords('?!')).toBeNull();
  });
});
