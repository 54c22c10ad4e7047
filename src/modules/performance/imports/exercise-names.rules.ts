import type { ExerciseWords } from './import.types';

/** An exercise of the catalogue by one of its names. */
export interface NamedExercise {
  id: string;
  slug: string;
  name: string;
}

/** One form for comparing names: without case, accents, hyphens and brackets. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Which exercise of the catalogue a line of a file means. */
export class ExerciseNames {
  private readonly bySlug: ReadonlyMap<string, string>;
  private readonly byKey = new Map<string, string>();
  private readonly chosen = new Map<string, string>();
  private readonly found = new Map<string, string | null>();

  /**
   * @param named every exercise by each of its names, the more likely language first
   * @param aliases what the apps call them: slug to names
   * @param mapping what the sender says himself, name to id; it is stronger than what we know
   */
  constructor(
    named: readonly NamedExercise[],
    aliases: Readonly<Record<string, readonly string[]>>,
    mapping: Readonly<Record<string, string>>,
  ) {
    this.bySlug = new Map(named.map(({ slug, id }) => [slug, id]));
    for (const { name, id } of named) this.learn(name, id);
    for (const [slug, names] of Object.entries(aliases)) {
      const id = this.bySlug.get(slug);
      if (id !== undefined) for (const name of names) this.learn(name, id);
    }
    for (const [name, id] of Object.entries(mapping)) this.chosen.set(nameKey(name), id);
  }

  /** Its id, or null when nobody knows the exercise. */
  find({ slug, name }: ExerciseWords): string | null {
    const words = `${slug ?? ''}\n${name ?? ''}`;
    const known = this.found.get(words);
    if (known !== undefined) return known;
    const id = this.look(slug, name);
    this.found.set(words, id);
    return id;
  }

  private look(slug: string | null, name: string | null): string | null {
    const keys = [name, slug].flatMap((word) => (word === null ? [] : keysOf(word)));
    const chosen = keys.map((key) => this.chosen.get(key)).find(Boolean);
    if (chosen !== undefined) return chosen;
    const own = slug === null ? undefined : this.bySlug.get(slug);
    return (
      own ?? keys.map((key) => this.byKey.get(key) ?? this.bySlug.get(key.replaceAll(' ', '-'))).find(Boolean) ?? null
    );
  }

  private learn(name: string, id: string): void {
    const key = nameKey(name);
    if (!this.byKey.has(key)) this.byKey.set(key, id);
  }
}

/** `Front Squat (Barbell)` is also looked for as `Barbell Front Squat`. */
function keysOf(name: string): string[] {
  const turned = /^([^()]{1,200})\(([^()]{1,100})\)$/.exec(name.trim());
  return [name, ...(turned ? [`${turned[2] ?? ''} ${turned[1] ?? ''}`] : [])].map(nameKey);
}
