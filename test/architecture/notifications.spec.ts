import { join } from 'node:path';
import { LANGUAGES } from 'src/common/i18n/languages';
import { CATALOGUE } from 'src/modules/notification/catalogue';
import type { TypeTexts } from 'src/modules/notification/catalogue-page.template';
import { typeTextsIn } from 'src/modules/notification/commands/type-texts';
import { NOTIFICATION_TYPES, SECURITY_TYPES } from 'src/modules/notification/type-names';
import type { NotificationKind } from 'src/modules/notification/notification.types';
import { announcementsIn } from './announcements';
import { TABLE, type TableRow } from './notification-table';
import { FIXTURES, filesUnder, ROOT } from './sources';

type Catalogue = Readonly<Record<string, NotificationKind>>;

const KINDS: Catalogue = CATALOGUE;
/** Types of the contract that nothing can bring about yet. */
const NOT_YET: string[] = [];

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

const list = (names: Iterable<string>): string => [...new Set(names)].sort().join(' ');

/** What the texts of one language lack, have beyond the catalogue, or fill with something else than it gives. */
function textFaults(catalogue: Catalogue, language: string, texts: TypeTexts): string[] {
  const faults = Object.keys(texts).flatMap((type) => (type in catalogue ? [] : [`${language}: ${type} is no type`]));
  for (const [type, { values, variants }] of Object.entries(catalogue)) {
    const found = texts[type] ?? {};
    const parts = ['title', 'body', ...variants.map((variant) => `body_${variant}`)];
    if (list(Object.keys(found)) !== list(parts))
      faults.push(`${language}: ${type} has other texts than ${list(parts)}`);
    if (Object.values(found).some((text) => text.trim() === '')) faults.push(`${language}: ${type} has an empty text`);
    const used = list(Object.values(found).flatMap(placeholdersOf));
    if (used !== list(values)) faults.push(`${language}: ${type} is filled with ${used}, and given ${list(values)}`);
  }
  return faults;
}

/** What the catalogue says of a type, in the words of the table. */
function rowOf({ to, push, mail, mailTo, quiet, security, data }: NotificationKind): TableRow {
  const mails = mail ? [mailTo ? `mail:${mailTo.join(':')}` : 'mail'] : [];
  return {
    to: [...to],
    channels: [...(push ? ['push'] : []), ...mails],
    mark: quiet ? 'R' : security ? 'S' : '',
    data: [...data],
  };
}

function tableFaults(catalogue: Catalogue, table: ReadonlyMap<string, TableRow>): string[] {
  return Object.entries(catalogue).flatMap(([type, kind]) => {
    const expected = JSON.stringify(table.get(type));
    const found = JSON.stringify(rowOf(kind));
    return found === expected ? [] : [`${type}: ${found} instead of ${expected}`];
  });
}

function announcementFaults(catalogue: Catalogue, paths: readonly string[]): string[] {
  const { types, untold } = announcementsIn(paths);
  return [
    ...[...types].filter((type) => !(type in catalogue)).map((type) => `${type} is announced, and in no catalogue`),
    ...Object.keys(catalogue).flatMap((type) => (types.has(type) ? [] : [`${type} is announced by nobody`])),
    ...untold.map((place) => `${place} announces what nobody can tell`),
  ].sort();
}

/** Nobody else may import what announces (`.dependency-cruiser.cjs`). */
function announcers(): string[] {
  const folder = join(ROOT, 'src', 'modules', 'notification');
  return filesUnder(folder, /(?<!\.spec)\.ts$/).map((path) => join(folder, path));
}

describe('the catalogue of notifications', () => {
  it('knows the types of the contract, but for those that nothing can bring about yet', () => {
    expect([...TABLE.keys()].sort()).toEqual([...NOTIFICATION_TYPES].sort());
    expect(Object.keys(KINDS).filter((type) => !TABLE.has(type))).toEqual([]);
    expect(NOTIFICATION_TYPES.filter((type) => !(type in KINDS))).toEqual(NOT_YET);
  });

  it('says of each what the table of the rules says: readers, channels, quiet hours, safety, data', () => {
    expect(tableFaults(KINDS, TABLE)).toEqual([]);
  });

  it('has the same types about safety as the preferences that cannot be switched off', () => {
    expect([...TABLE].flatMap(([type, { mark }]) => (mark === 'S' ? [type] : [])).sort()).toEqual(
      [...SECURITY_TYPES].sort(),
    );
  });

  it('has its texts in every language, filled with exactly what each type is given', () => {
    for (const language of LANGUAGES) expect(textFaults(KINDS, language, typeTextsIn(language))).toEqual([]);
  });

  it('has no type that nobody announces, and nobody announces another', () => {
    expect(announcementFaults(KINDS, announcers())).toEqual([]);
  }, 60_000);
});

describe('the same checks on a bad catalogue', () => {
  const kind: NotificationKind = {
    trigger: 'Something happened',
    to: ['client'],
    push: true,
    mail: false,
    security: false,
    quiet: false,
    data: ['thing_id'],
    deepLink: 'mycoach://things/{thing_id}',
    values: ['coach', 'session'],
    variants: ['with_reason'],
    standing: null,
  };
  const catalogue = { known_type: kind, forgotten_type: kind };

  it('find texts that are missing, empty, unknown, or filled with something else', () => {
    const good = { title: 'Hello', body: '{coach}: {session}', body_with_reason: '{coach}' };
    expect(textFaults(catalogue, 'en', { known_type: good, forgotten_type: good })).toEqual([]);
    const { body_with_reason: _, ...short } = good;
    const bad = {
      known_type: { ...short, title: ' ', body: '{coach}: {date}' },
      forgotten_type: { ...good, body: '{coach}' },
      retired_type: good,
    };
    expect(textFaults(catalogue, 'en', bad)).toEqual([
      'en: retired_type is no type',
      'en: known_type has other texts than body body_with_reason title',
      'en: known_type has an empty text',
      'en: known_type is filled with coach date, and given coach session',
      'en: forgotten_type is filled with coach, and given coach session',
    ]);
  });

  it('find every way to differ from the table', () => {
    const table = new Map([['known_type', rowOf(kind)]]);
    expect(tableFaults({ known_type: kind }, table)).toEqual([]);
    const others: Partial<NotificationKind>[] = [
      { to: ['coach'] },
      { push: false },
      { mail: true },
      { quiet: true },
      { security: true },
      { data: [] },
    ];
    for (const other of others) expect(tableFaults({ known_type: { ...kind, ...other } }, table)).toHaveLength(1);
    expect(tableFaults({ unheard_of: kind }, table)).toHaveLength(1);
    expect(rowOf({ ...kind, mail: true, mailTo: ['client'] }).channels).toEqual(['push', 'mail:client']);
  });

  it('find what is announced and not catalogued, catalogued and not announced, or hidden', () => {
    const path = join(FIXTURES, 'notifications', 'careless.listener.ts');
    expect(announcementFaults(catalogue, [path])).toEqual([
      'forgotten_type is announced by nobody',
      'line 22 announces what nobody can tell',
      'line 23 announces what nobody can tell',
      'line 24 announces what nobody can tell',
      'lost_type is announced, and in no catalogue',
      'retired_type is announced, and in no catalogue',
    ]);
  }, 60_000);
});
