import { clockText, dayText } from 'src/common/i18n/date-texts';
import { resolveTemplate, variablesOf } from './template.rules';

/** Whoever reads a message. */
export interface Reader {
  firstName: string;
  /** BCP 47. */
  locale: string;
}

/** The coach who writes it. */
export interface Writer {
  firstName: string;
  /** IANA name: times are by his clock. */
  timezone: string;
}

/**
 * A text as one person reads it (rules §10): day and time as he writes them, by the clock of the coach.
 *
 * @param session null where there is none to speak of: its day and time stay empty
 */
export function worded(text: string, reader: Reader, writer: Writer, session: Date | null): string {
  return resolveTemplate(text, {
    prénom: reader.firstName,
    date: session ? plain(dayText(session, reader.locale, writer.timezone)) : '',
    heure: session ? plain(clockText(session, reader.locale, writer.timezone)) : '',
    coach: writer.firstName,
  });
}

/** Whether a text says when a session is. */
export function namesSession(text: string): boolean {
  return variablesOf(text).some((variable) => variable === 'date' || variable === 'heure');
}

/** The narrow space before "AM" alone would make an SMS twice as dear. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
