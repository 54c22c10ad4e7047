import { LANGUAGES, type Language } from 'src/common/i18n/languages';
import type { NotificationKind } from './notification.types';

/** Texts of the types in one language, by type and part: `title`, `body`, `body_<variant>`. */
export type TypeTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
};

const INTRODUCTION = `# Notifications

What the product tells people, made from the catalogue (\`src/modules/notification/*-catalogue.ts\`) and the texts (\`i18n/*/notification.json\`) by \`npm run notifications:docs\`. A test fails when this page is not of them.

- Every message stands in the inbox of its reader. By push and mail it leaves where that is marked and its reader did not switch it off.
- **Night**: it waits for the end of the reader's quiet hours, 22:00 to 07:00. **Safety**: it cannot be switched off.
- Data holds \`type\` and \`deep_link\` besides the keys named here. Every value is a text; a thing that there is none of is an empty one.
- Dates and times are written in the language and the zone of the reader, followed by the coach's time of a session where that is another.
`;

/** What stands in a cell: a bar would end it. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function channelsOf({ push, mail, mailTo }: NotificationKind): string {
  const mailed = mailTo ? `mail to the ${mailTo.join(' and the ')}` : 'mail';
  return [...(push ? ['push'] : []), ...(mail ? [mailed] : [])].join(', ');
}

function marksOf({ quiet, security }: NotificationKind): string {
  return [...(quiet ? ['night'] : []), ...(security ? ['safety'] : [])].join(', ');
}

function summary(type: string, kind: NotificationKind): string {
  return row([
    `[\`${type}\`](#${type})`,
    kind.trigger,
    kind.to.join(', '),
    channelsOf(kind),
    marksOf(kind),
    code(kind.data),
  ]);
}

function chapter(type: string, kind: NotificationKind, texts: Readonly<Record<Language, TypeTexts>>): string {
  const parts = ['title', 'body', ...kind.variants.map((variant) => `body_${variant}`)];
  return [
    `### ${type}`,
    `${kind.trigger}. A tap leads to \`${kind.deepLink}\`.`,
    [
      row(['', ...parts.map((part) => `\`${part}\``)]),
      row(['---', ...parts.map(() => '---')]),
      ...LANGUAGES.map((language) =>
        row([LANGUAGE_NAMES[language], ...parts.map((part) => texts[language][type]?.[part] ?? '')]),
      ),
    ].join('\n'),
  ].join('\n\n');
}

/** The page of the catalogue for people, as Markdown. The same catalogue and texts make the same page. */
export function cataloguePage(
  catalogue: Readonly<Record<string, NotificationKind>>,
  texts: Readonly<Record<Language, TypeTexts>>,
): string {
  const kinds = Object.entries(catalogue);
  const table = [
    row(['Type', 'When', 'To', 'Leaves by', 'Mark', 'Data']),
    row(['---', '---', '---', '---', '---', '---']),
    ...kinds.map(([type, kind]) => summary(type, kind)),
  ].join('\n');
  const chapters = kinds.map(([type, kind]) => chapter(type, kind, texts));
  return `${[INTRODUCTION.trim(), '## All of them', table, '## Their texts', ...chapters].join('\n\n')}\n`;
}
