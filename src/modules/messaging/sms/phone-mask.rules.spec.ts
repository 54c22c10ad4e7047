import { masked } from './phone-mask.rules';

describe('a number that nobody is to know', () => {
  it.each([
    ['+33612345689', '+33•••••••89'],
    ['+12025550123', '+1••••••••23'],
    ['+351912345678', '+351•••••••78'],
    ['+99912345678', '+•••••••••78'],
  ])('%s shows its country and its last two digits: %s', (phone, shown) => {
    expect(masked(phone)).toBe(shown);
  });
});
