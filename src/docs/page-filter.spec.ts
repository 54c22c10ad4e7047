import { runInNewContext } from 'node:vm';
import { filterOperations } from './page-filter';

/** As much of the page's lists as the filter asks for. */
class List<T> {
  constructor(private readonly entries: readonly T[]) {}

  get size(): number {
    return this.entries.length;
  }

  filter(accepts: (entry: T) => boolean): List<T> {
    return new List(this.entries.filter(accepts));
  }

  all(): readonly T[] {
    return this.entries;
  }
}

class Row {
  constructor(private readonly fields: object) {}

  get(name: string): unknown {
    return (this.fields as Record<string, unknown>)[name];
  }

  getIn([first = '', second = '']: readonly string[]): unknown {
    return (this.get(first) as Record<string, unknown> | undefined)?.[second];
  }

  set(name: string, value: unknown): Row {
    return new Row({ ...this.fields, [name]: value });
  }
}

class Chapters {
  constructor(readonly named: readonly (readonly [string, Row])[]) {}

  map(change: (chapter: Row, name: string) => Row): Chapters {
    return new Chapters(this.named.map(([name, chapter]) => [name, change(chapter, name)] as const));
  }

  filter(accepts: (chapter: Row) => boolean): Chapters {
    return new Chapters(this.named.filter(([, chapter]) => accepts(chapter)));
  }
}

const shown = (method: string, path: string, summary?: string): Row =>
  new Row({ method, path, operation: { summary } });
const CHAPTERS = new Chapters([
  [
    'Bookings',
    new Row({ operations: new List([shown('post', '/bookings', 'Ask a coach'), shown('get', '/bookings')]) }),
  ],
  ['Slots', new Row({ operations: new List([shown('get', '/coaches/{id}/slots', 'Free seats of a coach')]) })],
]);

// As the browser gets it: a text, with nothing around it.
const inBrowser = runInNewContext(`(${filterOperations.toString()})`) as (
  chapters: Chapters,
  phrase: string,
) => Chapters;

function found(phrase: string): string[] {
  return inBrowser(CHAPTERS, phrase).named.flatMap(([name, chapter]) =>
    (chapter.get('operations') as List<Row>)
      .all()
      .map((each) => `${name}: ${String(each.get('method'))} ${String(each.get('path'))}`),
  );
}

describe('the filter of the page', () => {
  it.each([
    ['bookings', ['Bookings: post /bookings', 'Bookings: get /bookings']],
    [' POST ', ['Bookings: post /bookings']],
    ['{id}/slots', ['Slots: get /coaches/{id}/slots']],
    ['coach', ['Bookings: post /bookings', 'Slots: get /coaches/{id}/slots']],
    ['free SEATS', ['Slots: get /coaches/{id}/slots']],
    ['get /bookings', ['Bookings: get /bookings']],
    ['dragons', []],
  ])('finds %j', (phrase, expected) => {
    expect(found(phrase)).toEqual(expected);
  });
});
