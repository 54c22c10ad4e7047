import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { UserService } from 'src/modules/auth/user.service';
import { TemplateRepository } from './template.repository';

/** The message that every coach starts with: he is ill. */
@Injectable()
export class DefaultTemplateService {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly users: UserService,
    private readonly translator: Translator,
    private readonly clock: Clock,
  ) {}

  /** Makes it in the coach's language, unless he has a template. Under his lock, or with the profile itself. */
  async ensure(coachId: string): Promise<void> {
    if ((await this.templates.findByCoach(coachId)).length > 0) return;
    const coach = await this.users.findContact(coachId);
    const language = languageOf(coach?.locale ?? '');
    const texts = {
      title: this.translator.text(language, 'messaging.illness.title'),
      body: this.translator.text(language, 'messaging.illness.body'),
    };
    await this.templates.insert(coachId, texts, { position: 1, isDefault: true }, this.clock.now());
  }
}
