import type { ExportSection } from 'src/common/personal-data/personal-data';
import { exportText } from './export.format';
import { arranged } from './export.rules';
import type { ExportFormat } from './export.types';

const AT = new Date('2026-03-02T06:00:00Z');
const PERSON = { userId: 'me', locale: 'en', timezone: 'UTC' };

function section(name: string, rows: Record<string, unknown>[], isSingle = false): ExportSection {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    name,
    isSingle,
    fields,
    async *rows() {
      yield* await Promise.resolve(rows);
    },
  };
}

async function chunksOf(format: ExportFormat, ...sections: ExportSection[]): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of exportText(format, { at: AT, person: PERSON, sections: arranged(sections) }))
    chunks.push(chunk);
  return chunks;
}

const textOf = async (format: ExportFormat, ...sections: ExportSection[]): Promise<string> =>
  (await chunksOf(format, ...sections)).join('');

describe('an export as JSON', () => {
  it('is objects and lists by the order of the contract, with instants as the wire writes them', async () => {
    const text = await textOf(
      'json',
      section('later_thing', []),
      section('bookings', [
        { id: 1, at: AT, history: [{ at: new Date('2026-03-02T06:00:00.250Z') }], gone: undefined },
      ]),
      section('user', [{ id: 'me' }], true),
    );
    expect(JSON.parse(text)).toEqual({
      export_date: '2026-03-02T06:00:00Z',
      user: { id: 'me' },
      bookings: [{ id: 1, at: '2026-03-02T06:00:00Z', history: [{ at: '2026-03-02T06:00:00.250Z' }], gone: null }],
      later_thing: [],
    });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['export_date', 'user', 'bookings', 'later_thing']);
  });

  it('is null where there is no such thing', async () => {
    expect(JSON.parse(await textOf('json', section('coach_profile', [], true)))).toMatchObject({ coach_profile: null });
  });

  it('puts rows of several parts into one list, each with all fields', async () => {
    const text = await textOf(
      'json',
      section('devices', [{ id: 1 }]),
      section('devices', [{ id: 2, platform: 'ios' }]),
    );
    expect((JSON.parse(text) as { devices: unknown }).devices).toEqual([
      { id: 1, platform: null },
      { id: 2, platform: 'ios' },
    ]);
  });

  it('leaves in pieces, each ending where a row ends', async () => {
    const rows = Array.from({ length: 3_000 }, (_, id) => ({ id, text: 'x'.repeat(60) }));
    const chunks = await chunksOf('json', section('bookings', rows));
    expect(chunks.length).toBeGreaterThan(5);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.at(-1)).toBe('}');
    expect((JSON.parse(chunks.join('')) as { bookings: unknown[] }).bookings).toHaveLength(3_000);
  });
});

describe('an export as CSV', () => {
  it('is sections with their name, their columns and their rows', async () => {
    const text = await textOf(
      'csv',
      section('user', [{ id: 'me', at: AT, flag: true, none: null, count: -3 }], true),
      section('bookings', [{ id: 1, list: ['a', 'b'], text: 'two\nlines, "quoted"' }]),
    );
    expect(text.split('\r\n')).toEqual([
      ...['export_date', 'at', '2026-03-02T06:00:00Z', ''],
      ...['user', 'id,at,flag,none,count', 'me,2026-03-02T06:00:00Z,true,,-3', ''],
      ...['bookings', 'id,list,text', '1,"[""a"",""b""]","two\nlines, ""quoted"""', ''],
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@a', '\ta', "'=1"])(
    'makes %j a text that no spreadsheet runs (trust 37)',
    async (text) => {
      const lines = (await textOf('csv', section('user', [{ text }], true))).split('\r\n');
      expect(lines[6]).toBe(`'${text}`);
    },
  );
});
