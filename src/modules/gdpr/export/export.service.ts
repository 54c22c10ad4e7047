import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { orThrow } from 'src/common/errors/domain.error';
import { type Language, languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { type DataSubject, PersonalDataParts } from 'src/common/personal-data/personal-data';
import { AppConfig } from 'src/config/app-config';
import { UserService } from 'src/modules/auth/user.service';
import { ExportTokenInvalid } from './export.errors';
import { exportText } from './export.format';
import { exportToken, grantOf } from './export-token.format';
import { arranged } from './export.rules';
import type { ExportFile, ExportFormat, ExportLink } from './export.types';

const LINK_MS = DAY_MS;

/** Everything that the product holds of a person, handed to that person (rules §17.1). */
@Injectable()
export class ExportService {
  constructor(
    private readonly parts: PersonalDataParts,
    private readonly users: UserService,
    private readonly translator: Translator,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** The caller's data, written while it is read. */
  async file(me: Principal, format: ExportFormat = 'json'): Promise<ExportFile> {
    return this.fileOf(me, format);
  }

  /** A signed link to the caller's data, good for 24 hours. Nothing is stored: the file is made when it is asked for. */
  link(me: Principal, format: ExportFormat = 'json'): ExportLink {
    const expiresAt = new Date(this.clock.nowMs() + LINK_MS);
    const token = exportToken(this.config.secrets.signingSecret, { userId: me.userId, format, expiresAt });
    return { token, format, expiresAt, url: `${this.config.appBaseUrl}/users/me/export/download?token=${token}` };
  }

  /** What a link opens. @throws ExportTokenInvalid also when the account is erased since */
  async download(token: string): Promise<ExportFile> {
    const { signingSecret, formerSigningSecrets } = this.config.secrets;
    const grant = orThrow(grantOf([signingSecret, ...formerSigningSecrets], token), ExportTokenInvalid);
    if (grant.expiresAt.getTime() <= this.clock.nowMs()) throw new ExportTokenInvalid();
    const person = orThrow(await this.users.findContact(grant.userId), ExportTokenInvalid);
    if (person.status === 'deleted') throw new ExportTokenInvalid();
    return this.fileOf({ ...person, userId: person.id }, grant.format);
  }

  private async fileOf({ userId, locale, timezone }: DataSubject, format: ExportFormat): Promise<ExportFile> {
    const person = { userId, locale, timezone };
    const sections = arranged(this.parts.all().flatMap((part) => part.sections));
    const text = exportText(format, { at: this.clock.now(), person, sections });
    // Read before the first byte is sent: a database that is away is still a refusal then.
    const first = await text.next();
    return { format, chunks: this.named(languageOf(locale), text, first.done ? '' : first.value) };
  }

  /** Chunks end between two rows or sections, so none cuts a name. */
  private async *named(language: Language, text: AsyncGenerator<string>, first: string): AsyncGenerator<string> {
    yield this.translator.shown(language, first);
    for await (const chunk of text) yield this.translator.shown(language, chunk);
  }
}
