import fc from 'fast-check';
import {
  hasUnknownVariable,
  reordered,
  resolveTemplate,
  swapped,
  TEMPLATE_VARIABLES,
  type TemplateVariable,
  variablesOf,
} from './template.rules';

/** Texts of every script, with the signs that matter here coming often. */
const tricky = fc
  .array(fc.oneof(fc.constantFrom('{', '}', '{date}', '{coach}', '$', '$&', '$1', '\\', 'é'), fc.string()))
  .map((parts) => parts.join(''));
const values = fc.record({ prénom: tricky, date: tricky, heure: tricky, coach: tricky });

/** A text whose parts are known: words without braces, and variables. */
const piece = fc.oneof(
  tricky.map((text) => ({ text: text.replaceAll(/[{}]/g, '') })),
  fc.constantFrom(...TEMPLATE_VARIABLES).map((variable) => ({ variable })),
);
const pieces = fc.array(piece);
type Piece = { text: string } | { variable: TemplateVariable };

const written = (parts: readonly Piece[]): string =>
  parts.map((part) => ('text' in part ? part.text : `{${part.variable}}`)).join('');

describe('every template', () => {
  it('is its own words with the values between them, whatever the values look like', () => {
    fc.assert(
      fc.property(pieces, values, (parts, filled) => {
        const expected = parts.map((part) => ('text' in part ? part.text : filled[part.variable])).join('');
        expect(resolveTemplate(written(parts), filled)).toBe(expected);
      }),
    );
  });

  it('of known variables is accepted, and tells each of them once in the order of their first place', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const named = parts.flatMap((part) => ('variable' in part ? part.variable : []));
        expect(hasUnknownVariable(written(parts))).toBe(false);
        expect(variablesOf(written(parts))).toEqual(named.filter((name, place) => named.indexOf(name) === place));
      }),
    );
  });

  it('with anything else in braces is refused', () => {
    const other = tricky
      .map((text) => text.replaceAll(/[{}]/g, ''))
      .filter((name) => !(TEMPLATE_VARIABLES as readonly string[]).includes(name.normalize('NFC')));
    fc.assert(
      fc.property(pieces, other, pieces, (before, name, after) => {
        expect(hasUnknownVariable(`${written(before)}{${name}}${written(after)}`)).toBe(true);
      }),
    );
  });
});

describe('every order', () => {
  const list = fc.integer({ min: 1, max: 5 }).map((size) => Array.from({ length: size }, (_, index) => `t${index}`));
  const sorted = (ids: readonly string[]): string[] => [...ids].sort();

  it('keeps everybody, and puts everybody named within the list where he asked to be', () => {
    const asked = list.chain((ids) =>
      fc
        .record({ who: fc.subarray(ids), places: fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }) })
        .map(({ who, places }) => ({
          ids,
          wishes: who.map((id, place) => ({ id, position: places[place] ?? 1 })),
        })),
    );
    fc.assert(
      fc.property(asked, ({ ids, wishes }) => {
        const order = reordered(ids, wishes);
        expect(sorted(order)).toEqual(sorted(ids));
        const beyond = wishes.some(({ position }) => position > ids.length);
        if (!beyond) for (const { id, position } of wishes) expect(order[position - 1]).toBe(id);
        const others = (all: readonly string[]): string[] => all.filter((id) => !wishes.some((wish) => wish.id === id));
        expect(others(order)).toEqual(others(ids));
      }),
    );
  });

  it('after a swap differs at two places at most, and a second swap undoes it', () => {
    fc.assert(
      fc.property(list, fc.nat(4), fc.integer({ min: 1, max: 5 }), (ids, who, position) => {
        const id = ids[who % ids.length] ?? '';
        const order = swapped(ids, id, position);
        expect(sorted(order)).toEqual(sorted(ids));
        expect(order.filter((each, place) => each !== ids[place]).length).toBeLessThanOrEqual(2);
        expect(order[Math.min(position, ids.length) - 1]).toBe(id);
        expect(swapped(order, id, ids.indexOf(id) + 1)).toEqual(ids);
      }),
    );
  });
});
