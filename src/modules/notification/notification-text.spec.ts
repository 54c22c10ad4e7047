import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotificationMessage } from './catalogue';
import { textOf, type Translate } from './notification-text';

/** The real texts, without the framework that serves them. */
const translate: Translate = (language, key, values) => {
  const [module = '', ...path] = key.split('.');
  const file = join(__dirname, '../../../i18n', language, `${module}.json`);
  const text = path.reduce<unknown>(
    (texts, part) => (texts as Record<string, unknown>)[part],
    JSON.parse(readFileSync(file, 'utf8')),
  );
  return String(text).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
};

/** 10:30 in Paris, 09:30 in London, 04:30 in New York. */
const session = { at: new Date('2026-03-03T09:30:00Z'), coachTimezone: 'Europe/Paris' };

const confirmed = {
  type: 'booking_confirmed' as const,
  fact: 'b-1',
  data: { booking_id: 'b-1', coach_id: 'c-1' },
  values: { coach: 'Marc', session },
} satisfies NotificationMessage;

/** Intl writes some spaces as narrow ones. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');
const bodyFor = (locale: string, timezone: string, message: NotificationMessage = confirmed): string =>
  plain(textOf(message, { locale, timezone }, translate).body);

describe('the wording of a notification', () => {
  it('is in the language of its reader', () => {
    expect(bodyFor('fr-FR', 'Europe/Paris')).toBe('Votre séance avec Marc est confirmée : mardi 3 mars 2026 à 10:30.');
    expect(bodyFor('en-GB', 'Europe/Paris')).toContain('Your session with Marc is confirmed: Tuesday');
    expect(bodyFor('es-ES', 'Europe/Paris')).toContain(
      'Su sesión con Marc está confirmada: martes, 3 de marzo de 2026',
    );
    expect(bodyFor('pt-PT', 'Europe/Paris')).toContain(
      'A sua sessão com Marc está confirmada: terça-feira, 3 de março',
    );
  });

  it('tells the time in the zone of its reader, followed by the coach’s where it differs', () => {
    expect(bodyFor('en-GB', 'Europe/London')).toMatch(/at 09:30 \(Tue,? 10:30 (CET|GMT\+1)\)\.$/);
    expect(bodyFor('en-GB', 'Europe/Berlin')).toMatch(/at 10:30\.$/);
  });

  it('writes dates as the locale does, and in English where only its texts can be had', () => {
    expect(bodyFor('en-US', 'America/New_York')).toContain('March 3, 2026 at 4:30 AM');
    expect(bodyFor('de-DE', 'Europe/Paris')).toContain('Tuesday, March 3, 2026');
    expect(bodyFor('frp', 'Europe/Paris')).toContain('Tuesday, March 3, 2026');
  });

  it('says where a session takes place, when somebody named a gym', () => {
    const there = { ...confirmed, values: { ...confirmed.values, session: { ...session, place: 'Salle Bellecour' } } };
    expect(bodyFor('fr-FR', 'Europe/Paris', there)).toMatch(/à 10:30, Salle Bellecour\.$/);
    expect(bodyFor('en-GB', 'Europe/London', there)).toMatch(/\), Salle Bellecour\.$/);
  });

  it('counts sessions, and writes sums and days, as its reader does', () => {
    const created = (count: number) =>
      ({
        type: 'package_created' as const,
        fact: 'p-1',
        data: { package_id: 'p-1' },
        values: {
          coach: 'Marc',
          title: 'Pack {coach}',
          sessions: { count, of: 'sessions' as const },
          amount: { amountCents: 45_050, currency: 'EUR' },
        },
      }) satisfies NotificationMessage;
    expect(bodyFor('fr-FR', 'Europe/Paris', created(10))).toContain('Pack {coach}, 10 séances, 450,50 €.');
    expect(bodyFor('es-ES', 'Europe/Paris', created(1))).toContain('1 sesión, 450,50 €.');
    expect(bodyFor('pt-PT', 'Europe/Paris', created(2))).toContain('2 sessões, 450,50 €.');
    expect(bodyFor('en-US', 'Europe/Paris', created(1))).toContain('1 session, €450.50.');
    const expiring = {
      ...created(3),
      type: 'package_expiring' as const,
      data: { package_id: 'p-1', valid_until: '2026-03-31' },
      values: { ...created(3).values, day: { day: '2026-03-31' } },
    } satisfies NotificationMessage;
    // The day is the day, however far the reader is from where it was set.
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago'])
      expect(bodyFor('fr-FR', zone, expiring)).toContain('3 séances jusqu’au mardi 31 mars 2026.');
  });

  it('leaves braces in what people wrote alone', () => {
    const message = {
      type: 'booking_rejected' as const,
      fact: 'b-1',
      variant: 'with_reason' as const,
      data: { booking_id: 'b-1' },
      values: { coach: 'Marc', session, reason: 'salle fermée {client} <b>' },
    } satisfies NotificationMessage;
    expect(bodyFor('fr', 'Europe/Paris', message)).toContain('Motif indiqué : salle fermée {client} <b>.');
  });

  it('says whether a late cancellation is due or to be decided', () => {
    const late = {
      type: 'booking_cancelled_late' as const,
      fact: 'b-1',
      data: { booking_id: 'b-1', client_id: 'c-1', penalty_due: 'false' },
      values: { client: 'Zoé', session },
    } satisfies NotificationMessage;
    expect(bodyFor('en', 'Europe/Paris', late)).toContain('up to you to decide');
    expect(bodyFor('en', 'Europe/Paris', { ...late, variant: 'due' })).toContain('The session is due.');
  });
});
