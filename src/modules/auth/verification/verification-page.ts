import { escapeHtml, pagePolicy } from 'src/common/http/html';
import type { Language } from 'src/common/i18n/languages';

const STYLE =
  'body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f4f6f8;color:#1c2733;' +
  'font:1.0625rem/1.5 system-ui,sans-serif}main{max-width:26rem;margin:1rem;padding:2rem;border-radius:1rem;' +
  'background:#fff;text-align:center}h1{margin:0 0 .75rem;font-size:1.5rem}p{margin:0 0 1.5rem}' +
  'a{display:inline-block;padding:.75rem 1.5rem;border-radius:.5rem;background:#0b6b4f;color:#fff;text-decoration:none}';

export const PAGE_POLICY = pagePolicy(STYLE);

export interface PageTexts {
  language: Language;
  title: string;
  text: string;
  /** Label of the link back into the app. */
  action: string;
}

/** What somebody sees who followed the link of a mail in a browser. */
export function verificationPage({ language, title, text, action }: PageTexts, success: boolean): string {
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>MyCoach – ${escapeHtml(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`,
    `<a href="mycoach://verify?success=${success}">${escapeHtml(action)}</a></main></body>`,
    '</html>',
  ].join('\n');
}
