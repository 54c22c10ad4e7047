import { textOfSafeCell } from 'src/common/csv/csv-file';
import type { TestPerson } from 'test/support/test-app';

/** An export as its reader has it: sections by name, each a list of rows; one object is a list of one. */
export type Export = Record<string, Record<string, unknown>[]>;

export async function exportOf(person: Pick<TestPerson, 'http'>): Promise<Export> {
  const answer = await person.http.get('/users/me/export');
  expect(answer.status).toBe(200);
  const { export_date: _, ...sections } = JSON.parse(answer.text) as Record<string, object | null>;
  const asList = (held: object | null): Record<string, unknown>[] => [held ?? []].flat() as Record<string, unknown>[];
  return Object.fromEntries(Object.entries(sections).map(([name, held]) => [name, asList(held)]));
}

/** The same of a CSV, where every cell is a text. */
export async function csvExportOf(person: Pick<TestPerson, 'http'>): Promise<Record<string, Record<string, string>[]>> {
  const answer = await person.http.get('/users/me/export?format=csv');
  expect(answer.status).toBe(200);
  const sections: Record<string, Record<string, string>[]> = {};
  let [name, columns]: [string, string[] | null] = ['', null];
  for (const record of recordsOf(answer.text)) {
    if (record.length === 1 && record[0] === '') [name, columns] = ['', null];
    else if (name === '') {
      name = record[0] ?? '';
      sections[name] = [];
    } else if (!columns) columns = record;
    else sections[name]?.push(Object.fromEntries(columns.map((column, place) => [column, record[place] ?? ''])));
  }
  return sections;
}

/** RFC 4180, with the apostrophes of unsafe cells taken away. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    record.push(textOfSafeCell(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records.slice(0, -1);
}
