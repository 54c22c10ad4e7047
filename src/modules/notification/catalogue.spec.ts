import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from 'src/common/i18n/languages';
import { CATALOGUE, dataOf, kindOf, type NotificationType } from './catalogue';

const TYPES = Object.keys(CATALOGUE) as NotificationType[];

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

describe('the catalogue of notifications', () => {
  it.each(TYPES)('leads from %s to a place that its data names', (type) => {
    const { data, deepLink } = kindOf(type);
    expect(deepLink).toMatch(/^mycoach:\/\/[a-z]/);
    for (const key of placeholdersOf(deepLink)) expect(data).toContain(key);
  });

  it('puts the type and the deep link beside the data', () => {
    expect(dataOf('booking_confirmed', { booking_id: 'b-1', coach_id: 'c-1' })).toEqual({
      type: 'booking_confirmed',
      deep_link: 'mycoach://bookings/b-1',
      booking_id: 'b-1',
      coach_id: 'c-1',
    });
  });

  it.each(TYPES.filter((type) => kindOf(type).standing))('asks about a thing that the data of %s names', (type) => {
    const { data, standing } = kindOf(type);
    expect(data).toContain(standing?.id);
    expect(standing?.states).not.toHaveLength(0);
  });

  it('has words for one and for many of what is counted', () => {
    for (const language of LANGUAGES) {
      const path = join(__dirname, '../../../i18n', language, 'notification.json');
      const { counts } = JSON.parse(readFileSync(path, 'utf8')) as { counts: Record<string, object> };
      expect(Object.keys(counts)).toEqual(['sessions', 'weeks']);
      for (const words of Object.values(counts)) expect(Object.keys(words)).toEqual(['one', 'other']);
    }
  });
});
