import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources';

const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');

/** The item that nobody ever described. */
const NEVER_WRITTEN = 14;
const LAST = 64;

interface Item {
  number: number;
  files: string[];
}

function filesIn(text: string): string[] {
  return [...text.matchAll(/`((?:src|test)\/[\w./-]+\.ts)`/g)].map(([, file = '']) => file);
}

function items(text: string): Item[] {
  return [...text.matchAll(/^\| (\d+) \|(.*)$/gm)].map(([, number, rest = '']) => ({
    number: Number(number),
    files: filesIn(rest),
  }));
}

/** The items that a test names in its titles: `trust 8, 12`, `trust 47 and 48`, `trust 30–33`. */
function namedIn(source: string): Set<number> {
  const lists = [...source.matchAll(/\btrust (\d+(?:(?:, | and |–)\d+)*)/g)].map(([, list = '']) => list);
  return new Set(
    lists
      .flatMap((list) => list.split(/, | and /))
      .flatMap((part) => {
        const [first = 0, last = first] = part.split('–').map(Number);
        return Array.from({ length: last - first + 1 }, (_, place) => first + place);
      }),
  );
}

/** A test with the part of it that several tests share. */
function sourceOf(file: string): string {
  const shared = join(ROOT, file.replace('.e2e-spec.ts', '.ts'));
  return readFileSync(join(ROOT, file), 'utf8') + (existsSync(shared) ? readFileSync(shared, 'utf8') : '');
}

describe('the page on security', () => {
  it('names tests that exist', () => {
    const files = filesIn(page);
    expect(files.length).toBeGreaterThan(100);
    expect([...new Set(files)].filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    // Others are not run, and hold nothing.
    expect(files.filter((file) => !/(\.spec|\.e2e-spec)\.ts$/.test(file))).toEqual([]);
  });

  it('has each item once, with what holds it', () => {
    const all = Array.from({ length: LAST }, (_, place) => place + 1).filter((number) => number !== NEVER_WRITTEN);
    expect(items(page).map(({ number }) => number)).toEqual(all);
    expect(items(page).filter(({ files }) => files.length === 0)).toEqual([]);
  });

  it('has each item in the title of a test that it names', () => {
    const unnamed = items(page).filter(
      ({ number, files }) => !files.some((file) => namedIn(sourceOf(file)).has(number)),
    );
    expect(unnamed).toEqual([]);
  });

  it('reads such titles in any of their forms', () => {
    expect([...namedIn('(trust 8, 12) trust 47 and 48: trust 30–33; trust 7.')]).toEqual([
      8, 12, 47, 48, 30, 31, 32, 33, 7,
    ]);
    expect([...namedIn('in 43 we trust, trusty 5')]).toEqual([]);
  });

  it('has a test for each line of the OWASP list', () => {
    const lines = [...page.matchAll(/^\| (API\d+) .*$/gm)].map(([line, name]) => ({ name, files: filesIn(line) }));
    expect(lines.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, place) => `API${String(place + 1)}`));
    expect(lines.filter(({ files }) => files.length === 0)).toEqual([]);
  });

  it('would be caught with an item that nothing holds, or a file that is none', () => {
    const bad = '| 1 | everything is safe | we hope |\n| 2 | and this | `test/nowhere/hope.e2e-spec.ts` |\n';
    expect(items(bad).map(({ files }) => files.length)).toEqual([0, 1]);
    expect(filesIn(bad).filter((file) => existsSync(join(ROOT, file)))).toEqual([]);
  });
});
