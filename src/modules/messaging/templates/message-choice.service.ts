import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { TemplateNotFound } from './template.errors';
import { TemplateRepository } from './template.repository';

/** What a coach says: one of his templates, or words of his own. */
export interface MessageWish {
  template_id?: string | null;
  custom_message?: string | null;
}

export interface ChosenMessage {
  /** Null where the words are his own. */
  templateId: string | null;
  /** With its variables. */
  body: string;
}

/** Reads what a coach wants to say. */
@Injectable()
export class MessageChoiceService {
  constructor(private readonly templates: TemplateRepository) {}

  /** Own words go before a template; null where there is neither. @throws TemplateNotFound also for another coach's */
  async choose(coachId: string, { template_id, custom_message }: MessageWish): Promise<ChosenMessage | null> {
    const template = template_id
      ? orThrow(await this.templates.findOwned(coachId, template_id), TemplateNotFound)
      : null;
    if (custom_message) return { templateId: null, body: custom_message };
    return template && { templateId: template.id, body: template.body };
  }
}
