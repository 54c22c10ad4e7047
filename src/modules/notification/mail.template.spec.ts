import { type MailContent, mailHtml, mailText } from './mail.template';

const content: MailContent = {
  language: 'fr',
  subject: 'Objet',
  greeting: 'Bonjour <script>alert(1)</script> & "Co",',
  paragraphs: ['Première ligne\nDeuxième ligne'],
  action: { label: 'Confirmer', url: 'https://mycoach.example/verify?token=a&x="b"' },
  remarks: ['Remarque'],
  signature: 'L’équipe',
  footer: 'Pied',
};

describe('a mail', () => {
  it('as text holds every part in order, with the link on a line of its own', () => {
    expect(mailText(content)).toBe(
      [
        'Bonjour <script>alert(1)</script> & "Co",',
        'Première ligne\nDeuxième ligne',
        'Confirmer:\nhttps://mycoach.example/verify?token=a&x="b"',
        'Remarque',
        'L’équipe',
        '--\nPied\n',
      ].join('\n\n'),
    );
  });

  it('as HTML lets nothing of what people wrote become markup', () => {
    const html = mailHtml(content);
    expect(html).not.toContain('<script>');
    expect(html).toContain('Bonjour &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Co&quot;,');
    expect(html).toContain('href="https://mycoach.example/verify?token=a&amp;x=&quot;b&quot;"');
    expect(html).toContain('Première ligne<br>Deuxième ligne');
    expect(html).toContain('<html lang="fr">');
  });

  it('keeps what French sets apart on the line of its word, and leaves other languages alone', () => {
    const said = { ...content, paragraphs: ['Séance : lundi à 10:30 ! Choisissez « Oublié ».'] };
    expect(mailHtml(said)).toContain('Séance\u00a0: lundi à 10:30\u00a0! Choisissez «\u00a0Oublié\u00a0».');
    expect(mailHtml({ ...said, language: 'en' })).toContain('Séance : lundi à 10:30 ! Choisissez « Oublié ».');
    expect(mailText(said)).toContain('Séance : lundi à 10:30 ! Choisissez « Oublié ».');
  });

  it('has colours for the night', () => {
    const html = mailHtml(content);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    const [, night = ''] = /prefers-color-scheme:dark\)\{(.*)\}<\/style>/.exec(html) ?? [];
    const coloured = [...night.matchAll(/\.([a-z]+)\{/g)].map(([, name]) => name);
    expect(coloured).toHaveLength(5);
    for (const name of coloured) expect(html).toContain(`class="${name}"`);
  });

  it('has no button where there is nothing to do', () => {
    expect(mailHtml({ ...content, action: null })).not.toContain('<a ');
  });
});
