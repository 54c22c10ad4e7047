import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { UnsupportedMediaType } from 'src/common/http/transport-errors';
import { type CsvRecord, csvRecords, inPieces } from './csv-records';

async function read(file: string | Buffer, piece = 1_000_000): Promise<CsvRecord[]> {
  const bytes = Buffer.from(file);
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += piece) pieces.push(bytes.subarray(from, from + piece));
  const found: CsvRecord[] = [];
  for await (const record of csvRecords(Readable.from(pieces))) found.push(record);
  return found;
}
const cellsOf = (records: CsvRecord[]): (string[] | null)[] => records.map(({ cells }) => cells);

describe('the records of a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2'],
    ['tabs', 'a\tb\r\n1\t2\r\n'],
    ['old line ends', 'a,b\r1,2\r'],
    ['a byte order mark', '\ufeffa,b\n1,2\n'],
    ['spaces around its cells', ' a , b \n 1,2 '],
    ['empty lines', 'a,b\n\n1,2\n\n\n'],
  ])('are read with %s', async (_, file) => {
    expect(cellsOf(await read(file))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('keep delimiters, quotes and line ends within quotes', async () => {
    expect(await read('a,b\n"x,y","say ""hi"""\n"first\nsecond",2\n3,4\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x,y', 'say "hi"'] },
      { line: 3, cells: ['first\nsecond', '2'] },
      { line: 5, cells: ['3', '4'] },
    ]);
  });

  it('keep a cell of hundreds of lines, and the numbers of the lines after it', async () => {
    const note = Array.from({ length: 300 }, (_, place) => `line ${String(place)}`).join('\n');
    expect(await read(`a,b,c\n1,"${note}","x"\n4,5,6\n`)).toEqual([
      { line: 1, cells: ['a', 'b', 'c'] },
      { line: 2, cells: ['1', note, 'x'] },
      { line: 302, cells: ['4', '5', '6'] },
    ]);
  });

  it('take a hostile file in about the time of a good one', async () => {
    const lines = (line: string): string => `a,b\n${`${line}\n`.repeat(50_000)}`;
    for (const line of [`b","a${'x'.repeat(90)}`, `1,"${'""'.repeat(48)}`, `"a" x,"${' '.repeat(90)}`])
      expect((await read(lines(line))).filter(({ cells }) => cells?.length === 2).length).toBeLessThan(25_002);
    expect(cellsOf(await read(`a,b\n${','.repeat(5_000_000)}`))).toEqual([['a', 'b'], null]);
  });

  it('lose one line to a quote that nobody closes', async () => {
    const rest = Array.from({ length: 30 }, (_, place) => `${String(place)},"z"`);
    const records = await read(`a,b\n1,"open\n${rest.join('\n')}\n`);
    expect(records[1]).toEqual({ line: 2, cells: null });
    expect(records).toHaveLength(32);
    expect(records[31]).toEqual({ line: 32, cells: ['29', 'z'] });
  });

  it('join lines only where they make a record as wide as the header', async () => {
    expect(await read('a,b\n1,"open\nx",2,3\n4,5\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: null },
      { line: 3, cells: ['x"', '2', '3'] },
      { line: 4, cells: ['4', '5'] },
    ]);
  });

  it('lose one line to an open quote at the very end', async () => {
    expect(cellsOf(await read('a,b\n1,2\n3,"open'))).toEqual([['a', 'b'], ['1', '2'], null]);
  });

  it('take a quote within a cell for a sign', async () => {
    expect(cellsOf(await read('a,b\n1,17" screen\n2,19" screen\n'))).toEqual([
      ['a', 'b'],
      ['1', '17" screen'],
      ['2', '19" screen'],
    ]);
  });

  it('are the same however the bytes arrive', async () => {
    const file = '\ufeffname,city\r\nÉlan 🏋,"Saint-\r\nÉtienne"\r\n\r\nx,y\r\n';
    const whole = await read(file);
    expect(whole).toHaveLength(3);
    for (let piece = 1; piece < 12; piece += 1) expect(await read(file, piece)).toEqual(whole);
  });

  it('come back as they were written, whatever the cells hold', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', ';', '"', '🏋', '-') }).map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), async (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        expect(cellsOf(await read(['a,b', ...quoted].join('\n'), 7))).toEqual([['a', 'b'], ...rows]);
      }),
    );
  });

  it('are read from memory piece by piece, and others get their turn', async () => {
    const bytes = Buffer.from(`a,b\n${'1,2\n'.repeat(50_000)}`);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    let count = 0;
    for await (const { cells } of csvRecords(inPieces(bytes))) count += cells ? 1 : 0;
    clearInterval(timer);
    expect(count).toBe(50_001);
    expect(turns).toBeGreaterThan(3);
  });

  it.each([
    ['of another alphabet', Buffer.from('name\nCaf\xe9', 'latin1')],
    ['of two bytes a letter', Buffer.from('\ufeffname', 'utf16le')],
    ['of a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])],
    ['with a zero', Buffer.from('a,b\n1,\0')],
    ['cut within a letter', Buffer.from('name\né').subarray(0, 6)],
  ])('are not read from bytes %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toBeInstanceOf(UnsupportedMediaType);
  });

  it('are none of an empty file', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\n \n')).toEqual([]);
  });
});
