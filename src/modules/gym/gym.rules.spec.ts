import { postalCode, slugOf } from './gym.rules';

describe('the rules of the directory', () => {
  it.each([
    ["L'Orange Bleue", 'l-orange-bleue'],
    ['Basic-Fit', 'basic-fit'],
    ['BASIC FIT', 'basic-fit'],
    ['  Élan & Énergie!  ', 'elan-energie'],
    ['keep-cool', 'keep-cool'],
    ['—', ''],
  ])('make the slug of %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
    expect(slugOf(slug)).toBe(slug);
  });

  it('write a postal code in capitals with single spaces', () => {
    expect(postalCode(' wc1r   4ps ')).toBe('WC1R 4PS');
  });
});
