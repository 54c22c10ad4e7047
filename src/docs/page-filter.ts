/** The parts of the page's own lists that its filter needs. */
interface Entries<T> {
  readonly size: number;
  filter(accepts: (entry: T) => boolean): Entries<T>;
}
interface Shown {
  get(key: 'method' | 'path'): string;
  getIn(path: readonly string[]): string | undefined;
}
interface Chapter {
  get(key: 'operations'): Entries<Shown>;
  set(key: 'operations', value: Entries<Shown>): Chapter;
}
interface Chapters {
  map(change: (chapter: Chapter, name: string) => Chapter): Chapters;
  filter(accepts: (chapter: Chapter) => boolean): Chapters;
}

/**
 * What the filter of Swagger UI finds: whole chapters by their name, else operations by verb, path and summary,
 * whatever the case. By itself it knows the names of chapters only. The function is sent to the browser as text, so it
 * uses nothing that stands outside it.
 */
export function filterOperations(chapters: Chapters, phrase: string): Chapters {
  const wanted = phrase.trim().toLowerCase();
  return chapters
    .map((chapter, name) => {
      if (name.toLowerCase().includes(wanted)) return chapter;
      const found = chapter.get('operations').filter((shown) => {
        const summary = shown.getIn(['operation', 'summary']) ?? '';
        return `${shown.get('method')} ${shown.get('path')} ${summary}`.toLowerCase().includes(wanted);
      });
      return chapter.set('operations', found);
    })
    .filter((chapter) => chapter.get('operations').size > 0);
}
