import { Clock } from 'src/common/clock/clock';
import { PersonalDataParts } from 'src/common/personal-data/personal-data';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import type { TestApp, TestPerson } from './test-app';

/** What one part of the personal data does for one person, without the routes that ask all parts. */
export interface PartOfPerson {
  /** Rows of one section; every one of them has the keys that the section says. */
  exported: (section: string) => Promise<Readonly<Record<string, unknown>>[]>;
  /** Erases to the end, then once more: that changes nothing. Answers how many steps it took. */
  erased: () => Promise<number>;
}

export function dataOf(app: TestApp, name: string, person: Pick<TestPerson, 'id'>, locale = 'fr-FR'): PartOfPerson {
  const part = app.nest
    .get(PersonalDataParts)
    .all()
    .find((each) => each.name === name);
  if (!part) throw new Error(`no part "${name}"`);
  const subject = { userId: person.id, locale, timezone: 'Europe/Paris' };
  const step = (): Promise<string> =>
    app.nest.get(UnitOfWork).run(() => part.erase(subject, app.nest.get(Clock).now()));
  return {
    async exported(section) {
      const found = part.sections.find((each) => each.name === section);
      if (!found) throw new Error(`no section "${section}"`);
      const rows: Readonly<Record<string, unknown>>[] = [];
      for await (const row of found.rows(subject)) {
        expect(Object.keys(row)).toEqual([...found.fields]);
        rows.push(row);
      }
      return rows;
    },
    async erased() {
      let steps = 1;
      while ((await step()) === 'more') steps += 1;
      expect(await step()).toBe('done');
      return steps;
    },
  };
}
