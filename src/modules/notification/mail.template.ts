import { escapeHtml } from 'src/common/http/html';
import type { Language } from 'src/common/i18n/languages';

/** What a mail says, in the language of its reader. */
export interface MailContent {
  language: Language;
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  /** The one thing to do, as a button and, for mail programs without buttons, as a link. */
  action: { label: string; url: string } | null;
  /** After the action. */
  remarks: readonly string[];
  signature: string;
  footer: string;
}

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Colours for the night. Programs that go dark would else turn ours as they please. */
const NIGHT = [
  '.page{background:#111827!important}',
  '.text{color:#e5e7eb!important}',
  '.sheet{background:#1f2937!important}',
  '.quiet{color:#9ca3af!important}',
  '.button{background:#2563eb!important}',
].join('');

/** The mail as plain text. */
export function mailText(content: MailContent): string {
  const { greeting, paragraphs, action, remarks, signature, footer } = content;
  const parts = [
    greeting,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...remarks,
    signature,
  ];
  return [...parts, `--\n${footer}`].join('\n\n') + '\n';
}

/** The mail as HTML of one column, with its style inline as mail programs want it. */
export function mailHtml(content: MailContent): string {
  const { language, subject, greeting, paragraphs, action, remarks, signature, footer } = content;
  const paragraph = (text: string): string =>
    `<p style="margin:0 0 16px;overflow-wrap:anywhere">${written(text, language).replace(/\n/g, '<br>')}</p>`;
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<style>@media (prefers-color-scheme:dark){${NIGHT}}</style>`,
    `<title>${escapeHtml(subject)}</title></head>`,
    '<body class="page" style="margin:0;padding:0;background:#f3f4f6">',
    '<div class="text" style="max-width:560px;margin:0 auto;padding:24px 16px;' +
      `${FONT};font-size:16px;line-height:1.5;color:#1f2937">`,
    '<div class="sheet" style="background:#ffffff;border-radius:8px;padding:24px 24px 8px">',
    ...[greeting, ...paragraphs].map(paragraph),
    ...(action ? button(action) : []),
    ...[...remarks, signature].map(paragraph),
    '</div>',
    `<p class="quiet" style="margin:16px 8px 0;font-size:13px;color:#6b7280">${written(footer, language)}</p>`,
    '</div></body></html>',
  ].join('\n');
}

/** As HTML. What French sets apart by a space stays on the line of its word. */
function written(text: string, language: Language): string {
  const html = escapeHtml(text);
  return language === 'fr' ? html.replace(/ ([:;!?»])/g, '\u00a0$1').replace(/« /g, '«\u00a0') : html;
}

function button({ label, url }: { label: string; url: string }): string[] {
  const link = escapeHtml(url);
  const style = 'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff';
  return [
    '<p style="margin:0 0 16px">' +
      `<a href="${link}" class="button" style="${style};text-decoration:none">${escapeHtml(label)}</a></p>`,
    `<p class="quiet" style="margin:0 0 16px;font-size:13px;color:#6b7280;overflow-wrap:anywhere">${link}</p>`,
  ];
}
