import { moneyText } from './money-texts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a sum of money', () => {
  it('is written as its reader writes it', () => {
    expect(plain(moneyText(123_450, 'EUR', 'fr-FR'))).toBe('1 234,50 €');
    expect(moneyText(123_450, 'EUR', 'en-GB')).toBe('€1,234.50');
    expect(moneyText(5, 'USD', 'en-US')).toBe('$0.05');
  });

  it('knows that not every currency has a hundred cents', () => {
    expect(moneyText(5_000, 'JPY', 'en-US')).toBe('¥5,000');
    expect(plain(moneyText(5_000, 'TND', 'en-US'))).toBe('TND 5.000');
  });
});
