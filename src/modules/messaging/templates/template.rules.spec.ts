import { hasUnknownVariable, reordered, resolveTemplate, swapped, variablesOf } from './template.rules';

const VALUES = { prénom: 'Zoé', date: 'mardi 3 mars 2026', heure: '10:00', coach: 'Inès' };

describe('the variables of a template', () => {
  it('are told once each, in the order in which they come', () => {
    expect(variablesOf('{coach} {prénom}, {date} {heure}, {prénom}')).toEqual(['coach', 'prénom', 'date', 'heure']);
    expect(variablesOf('Séance annulée')).toEqual([]);
  });

  it.each(['{nom}', '{prenom}', '{Prénom}', '{ date }', '{}', '{date} {salle}', '{da\nte}', '{{nom}}'])(
    'do not include %j',
    (text) => {
      expect(hasUnknownVariable(text)).toBe(true);
    },
  );

  it.each(['', '{prénom}{date}{heure}{coach}', 'une { seule', 'fermée }', '}{', '{{date}}', ':-{ {coach} }-:'])(
    'are all that %j asks for',
    (text) => {
      expect(hasUnknownVariable(text)).toBe(false);
    },
  );

  it('are found however the accent was typed', () => {
    const decomposed = '{prénom}'.normalize('NFD');
    expect(decomposed).not.toBe('{prénom}');
    expect(hasUnknownVariable(decomposed)).toBe(false);
    expect(variablesOf(decomposed)).toEqual(['prénom']);
    expect(resolveTemplate(decomposed, VALUES)).toBe('Zoé');
  });
});

describe('a resolved template', () => {
  it('has the values in place of the variables', () => {
    expect(resolveTemplate('Bonjour {prénom}, {coach} : le {date} à {heure}, oui le {date}.', VALUES)).toBe(
      'Bonjour Zoé, Inès : le mardi 3 mars 2026 à 10:00, oui le mardi 3 mars 2026.',
    );
  });

  it('keeps a name with braces, or with signs of a pattern, as it is', () => {
    const odd = { ...VALUES, prénom: '{coach}', coach: '$& $1 {date}' };
    expect(resolveTemplate('{prénom} et {coach}', odd)).toBe('{coach} et $& $1 {date}');
  });
});

describe('an order', () => {
  const ids = ['a', 'b', 'c', 'd'];

  it.each<[string, Record<string, number>, string]>([
    ['everybody named', { a: 4, b: 3, c: 2, d: 1 }, 'dcba'],
    ['one moved to the front', { d: 1 }, 'dabc'],
    ['one moved to the end', { a: 4 }, 'bcda'],
    ['one moved beyond the end', { a: 5 }, 'bcda'],
    ['two named, the others around them', { a: 2, d: 3 }, 'badc'],
    ['two beyond the end, in the order asked for', { b: 5, a: 4 }, 'cdab'],
    ['nobody', {}, 'abcd'],
    ['somebody who is not there', { x: 1 }, 'abcd'],
  ])('with %s', (_, wishes, expected) => {
    const asked = Object.entries(wishes).map(([id, position]) => ({ id, position }));
    expect(reordered(ids, asked).join('')).toBe(expected);
  });

  it('is a swap of two when one asks for a position', () => {
    expect(swapped(ids, 'a', 3).join('')).toBe('cbad');
    expect(swapped(ids, 'd', 1).join('')).toBe('dbca');
    expect(swapped(ids, 'b', 2).join('')).toBe('abcd');
    expect(swapped(ids, 'a', 5).join('')).toBe('dbca');
    expect(swapped(ids, 'x', 1).join('')).toBe('abcd');
  });
});
