import { fitted, label, plainText, tag, textWidth, wrapped } from './svg';

describe('an element of SVG', () => {
  it('holds its attributes and what is in it', () => {
    expect(tag('rect', { x: 1.23456, y: 0, rx: undefined, fill: '#fff' })).toBe('<rect x="1.23" y="0" fill="#fff"/>');
    expect(tag('g', {}, '<a/>', '<b/>')).toBe('<g><a/><b/></g>');
  });

  it('lets a text be nothing but text', () => {
    const name = `</text><script>alert("x")</script> & 'y'`;
    const escaped = '&lt;/text&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;';
    expect(label(name, 0, 0, { fill: '#000' })).toContain(`>${escaped}</text>`);
    expect(tag('g', { 'aria-label': name })).toBe(`<g aria-label="${escaped}"/>`);
  });

  it('leaves out what XML cannot hold', () => {
    expect(plainText(`a\u0000b\u0008c\ud800d\uffffe💪\n`)).toBe('abcde💪\n');
  });
});

describe('a text that needs room', () => {
  it('is cut where the room ends', () => {
    const name = 'Soulevé de terre jambes tendues aux haltères';
    const short = fitted(name, 150);
    expect(short).toMatch(/^Soulevé de terre.*…$/);
    expect(textWidth(short)).toBeLessThanOrEqual(150);
    expect(fitted(name, 1_000)).toBe(name);
  });

  it('goes on in the next line', () => {
    const lines = wrapped('Pas encore de séance avec cet exercice.', 120);
    expect(lines.join(' ')).toBe('Pas encore de séance avec cet exercice.');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(120);
    expect(wrapped('Donaudampfschifffahrtsgesellschaft ja', 50)).toEqual(['Donaudampfschifffahrtsgesellschaft', 'ja']);
  });
});
