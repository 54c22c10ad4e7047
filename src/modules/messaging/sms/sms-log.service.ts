import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import type { ListSmsQuery } from './sms.dto';
import { failureOf } from './sms-failure.rules';
import { SmsLogRepository } from './sms-log.repository';
import type { ToldSms } from './sms.types';

/** What a coach has sent. */
@Injectable()
export class SmsLogService {
  constructor(
    private readonly log: SmsLogRepository,
    private readonly translator: Translator,
  ) {}

  /**
   * The caller's own, newest first; days are those of his zone, failures are told in `language`.
   *
   * @throws ValidationFailed `invalid_date_range`
   */
  async page(me: Principal, query: ListSmsQuery, language: Language): Promise<Rows<ToldSms>> {
    const range = resolveRange({ from: query.date_from, to: query.date_to }, me.timezone);
    const { rows, total } = await this.log.page({ coachId: me.userId, status: query.status, ...range }, query);
    return { rows: rows.map((sms) => ({ ...sms, errorMessage: this.tell(language, sms.errorCode) })), total };
  }

  private tell(language: Language, errorCode: string | null): string | null {
    return errorCode && this.translator.text(language, `messaging.sms_failures.${failureOf(errorCode)}`);
  }
}
