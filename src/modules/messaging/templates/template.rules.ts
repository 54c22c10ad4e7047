/** How many a coach may keep (rules §10). */
export const MAX_TEMPLATES = 5;

/** What a text may leave open: first names of client and coach, day and time of the session. */
export const TEMPLATE_VARIABLES = ['prénom', 'date', 'heure', 'coach'] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];
export type TemplateValues = Readonly<Record<TemplateVariable, string>>;

/** Whatever stands in a pair of braces, the innermost pair where there are several. */
const BRACED = /\{([^{}]*)\}/g;

/** An accent may be typed as a character of its own. */
function variableOf(name: string): TemplateVariable | null {
  const composed = name.normalize('NFC');
  return TEMPLATE_VARIABLES.find((variable) => variable === composed) ?? null;
}

/** Whether a text asks for something that is no variable; a brace without its partner is text. */
export function hasUnknownVariable(text: string): boolean {
  return [...text.matchAll(BRACED)].some(([, name = '']) => variableOf(name) === null);
}

/** The variables of a text, each once, in the order in which they first come. */
export function variablesOf(text: string): TemplateVariable[] {
  const found = [...text.matchAll(BRACED)].flatMap(([, name = '']) => variableOf(name) ?? []);
  return [...new Set(found)];
}

/** Puts the values in, in one pass: what looks like a variable inside a value (a name with braces) stays text. */
export function resolveTemplate(text: string, values: TemplateValues): string {
  return text.replace(BRACED, (whole, name: string) => {
    const variable = variableOf(name);
    return variable === null ? whole : values[variable];
  });
}

/** A place asked for in a list: 1 is the first. */
export interface WishedPosition {
  id: string;
  position: number;
}

/**
 * The order after everybody named has taken the place asked for; the others fill what is left in the order they had.
 * A place beyond the end means the end. Ids that the list does not have are ignored.
 *
 * @param ids the list as it is, first to last
 * @param wishes each id and each position at most once
 */
export function reordered(ids: readonly string[], wishes: readonly WishedPosition[]): string[] {
  const named = wishes.filter(({ id }) => ids.includes(id)).sort((one, other) => one.position - other.position);
  const moved = new Set(named.map(({ id }) => id));
  const order = ids.filter((id) => !moved.has(id));
  // In rising order, each lands where it was asked for: all that will stand before it stands there already.
  for (const { id, position } of named) order.splice(Math.min(position - 1, order.length), 0, id);
  return order;
}

/** The order after one has changed places with whoever stands at a position; beyond the end means the last. */
export function swapped(ids: readonly string[], id: string, position: number): string[] {
  const order = [...ids];
  const from = order.indexOf(id);
  const to = Math.min(position, order.length) - 1;
  const other = order[to];
  if (from < 0 || other === undefined) return order;
  order[to] = id;
  order[from] = other;
  return order;
}

/** A fault of one row of a list, by its path in it. */
export interface WishFault {
  field: string;
  code: 'duplicate_position' | 'invalid_value';
}

/** Rows that ask for a position already asked for, and rows that name somebody already named. */
export function faultsOfWishes(wishes: readonly WishedPosition[]): WishFault[] {
  return wishes.flatMap(({ id, position }, place) => {
    const before = wishes.slice(0, place);
    const faults: WishFault[] = [];
    if (before.some((wish) => wish.id === id)) faults.push({ field: `${place}.id`, code: 'invalid_value' });
    if (before.some((wish) => wish.position === position))
      faults.push({ field: `${place}.position`, code: 'duplicate_position' });
    return faults;
  });
}
