import { text } from 'node:stream/consumers';
import { type CsvCell, csvFile, safeCell } from './csv-file';

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

  it.each(['', 'a=b', ' =1', "'=1", 'é', '1'])('that does not is left as it is: %j', (cell) => {
    expect(safeCell(cell)).toBe(cell);
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
