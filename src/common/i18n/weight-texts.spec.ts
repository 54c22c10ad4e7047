import { weightIn, weightText } from './weight-texts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a weight', () => {
  it('is written as its reader writes it', () => {
    expect(plain(weightText(82.5, 'kg', 'fr-FR'))).toBe('82,5 kg');
    expect(plain(weightText(82.25, 'kg', 'en-GB'))).toBe('82.25 kg');
    expect(plain(weightText(1_000, 'kg', 'es-ES'))).toBe('1000 kg');
  });

  it('is shown in pounds with one decimal to who reads pounds', () => {
    expect(plain(weightText(82.5, 'lb', 'en-US'))).toBe('181.9 lb');
    expect(plain(weightText(45.359237, 'lb', 'en-US'))).toBe('100 lb');
  });

  it('is a number of the reader’s unit', () => {
    expect([weightIn('kg', 82.5), weightIn('lb', 45.359237)]).toEqual([82.5, 100]);
  });
});
