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
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(subject)}</title></head>`,
    '<body style="margin:0;padding:0;background:#f3f4f6">',
    `<div style="max-width:560px;margin:0 auto;padding:24px 16px;${FONT};font-size:16px;line-height:1.5;color:#1f2937">`,
    '<div style="background:#ffffff;border-radius:8px;padding:24px">',
    ...[greeting, ...paragraphs].map(paragraph),
    ...(action ? button(action) : []),
    ...[...remarks, signature].map(paragraph),
    '</div>',
    `<p style="margin:16px 8px 0;font-size:13px;color:#6b7280">${escapeHtml(footer)}</p>`,
    '</div></body></html>',
  ].join('\n');
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px;overflow-wrap:anywhere">${escapeHtml(text).replace(/\n/g, '<br>')}</p>`;
}

function button({ label, url }: { label: string; url: string }): string[] {
  const link = escapeHtml(url);
  const style = 'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff';
  return [
    `<p style="margin:0 0 16px"><a href="${link}" style="${style};text-decoration:none">${escapeHtml(label)}</a></p>`,
    `<p style="margin:0 0 16px;font-size:13px;color:#6b7280;overflow-wrap:anywhere">${link}</p>`,
  ];
}
