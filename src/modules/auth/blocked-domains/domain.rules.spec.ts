import { isDomain, spelledDomain } from './domain.rules';

describe('a domain of addresses', () => {
  it.each([
    ['Mailinator.COM', 'mailinator.com'],
    ['mailinator.com.', 'mailinator.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['MÜNCHEN.example', 'xn--mnchen-3ya.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['a.b-c.co.uk', 'a.b-c.co.uk'],
  ])('%s is spelled %s', (text, spelled) => {
    expect(spelledDomain(text)).toBe(spelled);
    expect(isDomain(spelled)).toBe(true);
  });

  it.each([
    'localhost',
    '192.168.1.1',
    '0x7f.1',
    'exa mple.com',
    '@example.com',
    'a@example.com',
    'https://example.com',
    'example..com',
    '-a.example',
    'a_b.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(126)}example`,
    '',
    '.',
  ])('%j is none', (text) => {
    expect(isDomain(spelledDomain(text))).toBe(false);
  });
});
