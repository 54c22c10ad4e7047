import { prefersPage } from 'src/common/http/prefers-page';
import { PAGE_POLICY, verificationPage } from './verification-page';

describe('the page of a verification', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'application/json;q=0.5, text/html',
    'TEXT/HTML;q=0.9',
  ])('is for who accepts "%s"', (accept) => {
    expect(prefersPage(accept)).toBe(true);
  });

  it.each([undefined, '', '*/*', 'application/json', 'application/json, text/html;q=0.5', 'text/html;q=0', 'text/*'])(
    'is not for who accepts "%s"',
    (accept) => {
      expect(prefersPage(accept)).toBe(false);
    },
  );

  it('leads back into the app, and lets no text become markup', () => {
    const page = verificationPage(
      { language: 'fr', title: 'C’est tout bon', text: '<script>alert("1")</script>', action: 'Ouvrir' },
      true,
    );
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('href="mycoach://verify?success=true"');
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });

  it('may apply its own style and load nothing', () => {
    expect(PAGE_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /);
  });
});
