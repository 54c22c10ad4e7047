import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from 'src/modules/notification/catalogue';
import { cataloguePage } from 'src/modules/notification/catalogue-page.template';
import { allTypeTexts } from 'src/modules/notification/commands/type-texts';
import { ROOT } from './sources';

const TEXTS = allTypeTexts();

/** The first line in which two pages differ, in words, or null. */
function firstDifference(kept: string, made: string): string | null {
  const [left, right] = [kept.split('\n'), made.split('\n')];
  const at = [...left.keys(), ...right.keys()].find((line) => left[line] !== right[line]);
  return at === undefined ? null : `line ${String(at + 1)}: kept "${left[at] ?? ''}", made "${right[at] ?? ''}"`;
}

describe('docs/notifications.md', () => {
  const kept = readFileSync(join(ROOT, 'docs', 'notifications.md'), 'utf8');

  it('is made of the catalogue and the texts', () => {
    const difference = firstDifference(kept, cataloguePage(CATALOGUE, TEXTS));
    if (difference)
      throw new Error(
        `docs/notifications.md is not of this catalogue. ${difference}\nRenew it: npm run notifications:docs`,
      );
  });

  it('shows every type with its trigger, readers, channels, marks, data and texts', () => {
    expect(kept).toContain(
      '| [`package_expiring`](#package_expiring) | Seven days before a package ends with sessions left | client | ' +
        'push, mail | night | `package_id`, `valid_until` |',
    );
    expect(kept).toContain(
      '| [`password_changed`](#password_changed) | The password is changed or reset | user | mail | safety |',
    );
    expect(kept).toContain('| client, coach | push, mail to the client | night | `payment_id` |');
    for (const [type, { title = '', body = '' }] of Object.entries(TEXTS.pt)) {
      expect(kept).toContain(`### ${type}\n`);
      expect(kept).toContain(`| Português | ${title} | ${body} |`);
    }
  });

  it('is read by a check that a changed kind or text turns red', () => {
    const [type] = Object.keys(CATALOGUE) as (keyof typeof CATALOGUE)[];
    if (!type) throw new Error('the catalogue is empty');
    const louder = { ...CATALOGUE, [type]: { ...CATALOGUE[type], push: false } };
    expect(firstDifference(kept, cataloguePage(louder, TEXTS))).toContain(type);
    const reworded = { ...TEXTS, fr: { ...TEXTS.fr, [type]: { ...TEXTS.fr[type], title: 'a | b' } } };
    expect(firstDifference(kept, cataloguePage(CATALOGUE, reworded))).toContain('a \\| b');
    expect(firstDifference('one\ntwo', 'one')).toBe('line 2: kept "two", made ""');
  });
});
