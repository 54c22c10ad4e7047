import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { masked } from './phone-mask.rules';
import type { ListSmsQuery } from './sms.dto';
import { failureOf } from './sms-failure.rules';
import { SmsLogRepository } from './sms-log.repository';
import type { LoggedSms, ToldSms } from './sms.types';

/** What a coach has sent. */
@Injectable()
export class SmsLogService {
  constructor(
    private readonly log: SmsLogRepository,
    private readonly relations: RelationService,
    private readonly translator: Translator,
  ) {}

  /**
   * The caller's own, newest first; days are those of his zone, failures are told in `language`. A number that he may not
   * see, of somebody who only asked for a session or is no client any more, is masked.
   *
   * @throws ValidationFailed `invalid_date_range`
   */
  async page(me: Principal, query: ListSmsQuery, language: Language): Promise<Rows<ToldSms>> {
    const range = resolveRange({ from: query.date_from, to: query.date_to }, me.timezone, undefined, 'date_to');
    const { rows, total } = await this.log.page({ coachId: me.userId, status: query.status, ...range }, query);
    const visible = await this.visible(me.userId, rows);
    const told = rows.map((sms) => ({
      ...sms,
      phone: sms.clientId !== null && visible.has(sms.clientId) ? sms.phone : masked(sms.phone),
      errorMessage: this.tell(language, sms.errorCode),
    }));
    return { rows: told, total };
  }

  /** Whose number the coach may see (rules §6.3). */
  private async visible(coachId: string, rows: readonly LoggedSms[]): Promise<Set<string>> {
    const clientIds = new Set(rows.flatMap(({ clientId }) => clientId ?? []));
    const relations = await this.relations.ofCoachAndClients(coachId, [...clientIds]);
    return new Set([...relations].flatMap(([id, found]) => (this.relations.visibility(found).contact ? [id] : [])));
  }

  private tell(language: Language, errorCode: string | null): string | null {
    return errorCode && this.translator.text(language, `messaging.sms_failures.${failureOf(errorCode)}`);
  }
}
