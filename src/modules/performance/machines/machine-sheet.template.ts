import { escapeHtml, pagePolicy } from 'src/common/http/html';
import type { Language } from 'src/common/i18n/languages';

/** Three beside each other, four below. */
const LABELS_OF_A_PAGE = 12;

const STYLE = `
@page{size:A4;margin:10mm}
*{box-sizing:border-box}
body{margin:0;background:#e9eef2;color:#1c2733;font:9pt/1.3 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}
.sheet{display:grid;grid-template-columns:repeat(3,1fr);grid-auto-rows:69mm;width:190mm;margin:10mm auto;background:#fff}
.sheet:not(:last-of-type){break-after:page}
.label{display:flex;flex-direction:column;align-items:center;justify-content:center;min-width:0;padding:3mm 4mm;
border:.2mm dashed #b8c4ce;text-align:center;break-inside:avoid}
.label svg{flex:none;width:42mm;height:42mm}
.name,.type,.scan{width:100%;margin:0;overflow:hidden}
.name{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;font-size:11pt;font-weight:700;line-height:1.25;
overflow-wrap:anywhere}
.type{color:#51606e;white-space:nowrap;text-overflow:ellipsis}
.name+.type{margin-top:.5mm}
.type:first-of-type{color:inherit;font-size:11pt;font-weight:700}
.scan{margin-top:1.5mm;color:#0b6b4f;font-size:8pt;font-weight:600}
@media print{body{background:#fff}.sheet{margin:0}}
`.replaceAll('\n', '');

/** The style of the sheet, and nothing else, may be applied to it. */
export const SHEET_POLICY = pagePolicy(STYLE);

export interface SheetTexts {
  language: Language;
  title: string;
  /** What to do with the code. */
  invitation: string;
}

export interface MachineLabelText {
  /** Brand and model; empty when nobody knows them. */
  name: string;
  type: string;
  /** SVG. */
  qr: string;
}

/** Labels to be cut out and hung on machines: HTML for printing on A4. */
export function labelSheet({ language, title, invitation }: SheetTexts, labels: readonly MachineLabelText[]): string {
  const sheets = Array.from({ length: Math.ceil(labels.length / LABELS_OF_A_PAGE) }, (_, page) =>
    labels.slice(page * LABELS_OF_A_PAGE, (page + 1) * LABELS_OF_A_PAGE),
  );
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>MyCoach – ${escapeHtml(title)}</title><style>${STYLE}</style></head>`,
    '<body>',
    ...sheets.map(
      (sheet) => `<section class="sheet">\n${sheet.map((label) => labelOf(label, invitation)).join('\n')}\n</section>`,
    ),
    '</body>',
    '</html>',
  ].join('\n');
}

function labelOf({ name, type, qr }: MachineLabelText, invitation: string): string {
  return [
    '<article class="label">',
    qr,
    ...(name ? [`<p class="name">${escapeHtml(name)}</p>`] : []),
    `<p class="type">${escapeHtml(type)}</p>`,
    `<p class="scan">${escapeHtml(invitation)}</p>`,
    '</article>',
  ].join('');
}
