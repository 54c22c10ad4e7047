import { isKnown } from './versioned';

describe('If-None-Match', () => {
  it.each(['"a-1"', 'W/"a-1"', '"b", "a-1"', ' W/"b" , W/"a-1" ', '*'])('%s names the content', (header) => {
    expect(isKnown(header, '"a-1"')).toBe(true);
  });

  it.each([undefined, '', 'a-1', '"a-2"', '"a-1', '"A-1"', '""', 'W/a-1'])('%s does not', (header) => {
    expect(isKnown(header, '"a-1"')).toBe(false);
  });
});
