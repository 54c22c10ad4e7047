import { text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { type CsvCell, csvFile, safeCell, textOfSafeCell } from './csv-file';

async function written(rows: CsvCell[][]): Promise<string> {
  const source = (async function* () {
    yield* await Promise.resolve(rows);
  })();
  return text(csvFile('x.csv', { columns: ['a', 'b'], rows: source }).getStream());
}

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\0x'])('that looks like a formula becomes a text: %j', (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  });

  it.each(["'=1", "''-1"])('that looks like one made safe gets one more apostrophe: %j', (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  });

  it.each(['', 'a=b', ' =1', "'a'", "'", 'é', '1'])('that does not is left as it is: %j', (cell) => {
    expect(safeCell(cell)).toBe(cell);
  });
});

describe('a text made safe', () => {
  it('comes back as it was, whatever it is', () => {
    const texts = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', 'a') });
    fc.assert(
      fc.property(texts, (written) => {
        expect(textOfSafeCell(safeCell(written))).toBe(written);
        expect(safeCell(written)).not.toMatch(/^[=+\-@\t]/);
      }),
    );
  });
});

describe('a file', () => {
  it('has a header and ends every line with CR and LF', async () => {
    expect(await written([['x', 1]])).toBe('a,b\r\nx,1\r\n');
  });

  it('has its header alone when there is nothing', async () => {
    expect(await written([])).toBe('a,b\r\n');
  });

  it('quotes what RFC 4180 says, and every line break', async () => {
    expect(
      await written([
        ['one, "two"', null],
        ['up\ndown', 'left\rright'],
        ['=1,2', -3],
      ]),
    ).toBe('a,b\r\n"one, ""two""",\r\n"up\ndown","left\rright"\r\n"\'=1,2",-3\r\n');
  });
});
