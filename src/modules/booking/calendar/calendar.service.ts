import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { plainHash } from 'src/common/crypto/keyed-hash';
import { orThrow } from 'src/common/errors/domain.error';
import { Versioned } from 'src/common/http/versioned';
import { type Language, languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AppConfig } from 'src/config/app-config';
import { BookingNotFound } from 'src/modules/booking/booking.errors';
import { actorIn } from 'src/modules/booking/booking.policy';
import type { AgendaQuery } from './agenda.dto';
import { CalendarFeedRepository } from './calendar-feed.repository';
import { CalendarFeedNotFound } from './calendar.errors';
import { calendarText, type CalendarTexts } from './calendar.format';
import { CalendarRepository } from './calendar.repository';
import { AGENDA_DAYS, feedStart, feedVersion } from './calendar.rules';
import type { OwnEvent } from './calendar.types';

const TOKEN_BYTES = 32;

/** Own sessions by day, and as calendars that other programs read (rules §16.3). */
@Injectable()
export class CalendarService {
  constructor(
    private readonly events: CalendarRepository,
    private readonly feeds: CalendarFeedRepository,
    private readonly translator: Translator,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Own bookings in both parts that take time, earliest first. @throws ValidationFailed `invalid_date_range` */
  async agenda(me: Principal, query: AgendaQuery): Promise<Rows<OwnEvent>> {
    const { from, to } = resolveRange(query, me.timezone, AGENDA_DAYS);
    if (!from || !to) return { rows: [], total: 0 };
    return this.events.agenda(me.userId, from, to, query);
  }

  /** One booking as a calendar file, in the caller's language. @throws BookingNotFound */
  async file(me: Principal, bookingId: string): Promise<Buffer> {
    const event = orThrow(await this.events.find(bookingId), BookingNotFound);
    const { part } = orThrow(actorIn(event, me), BookingNotFound);
    return Buffer.from(await this.textOf([{ ...event, as: part }], languageOf(me.locale)));
  }

  /**
   * A new secret address of the caller's calendar; the earlier one is void. The token is kept as a hash, so this is the
   * only time that the address is known.
   */
  @Transactional()
  async open(me: Principal): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await this.feeds.replace(me.userId, plainHash(token), this.clock.now());
    return `${this.config.appBaseUrl}/calendar/${token}.ics`;
  }

  /** Nothing happens where there is none. */
  @Transactional()
  async close(me: Principal): Promise<void> {
    await this.feeds.remove(me.userId);
  }

  /** The calendar behind a secret address, from 30 days back on. @throws CalendarFeedNotFound */
  async feed(token: string): Promise<Versioned<string>> {
    const { userId, locale } = orThrow(await this.feeds.findOwner(plainHash(token)), CalendarFeedNotFound);
    const events = await this.events.feed(userId, feedStart(this.clock.now()));
    const language = languageOf(locale);
    return new Versioned(feedVersion(events, language), () => this.textOf(events, language));
  }

  /** A calendar folds its lines, so the names are made out before. */
  private async textOf(events: readonly OwnEvent[], language: Language): Promise<string> {
    const shown = (name: string): string => this.translator.shown(language, name);
    const named = events.map((event) => ({
      ...event,
      coachName: shown(event.coachName),
      clientName: shown(event.clientName),
    }));
    return calendarText(named, this.textsIn(language));
  }

  private textsIn(language: Language): CalendarTexts {
    const say = (key: string): string => this.translator.text(language, `booking.calendar.${key}`);
    return {
      name: say('name'),
      describe: ({ type, status }) =>
        status === 'pending_coach_validation' ? `${say(type)}\n${say('pending')}` : say(type),
    };
  }
}
