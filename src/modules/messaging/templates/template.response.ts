import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { MessageTemplate } from 'src/modules/messaging/entities/message-template.entity';
import { MAX_TEMPLATES, TEMPLATE_VARIABLES, variablesOf } from './template.rules';

export class TemplateResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  title: string;
  body: string;
  /** The one that every coach starts with. */
  is_default: boolean;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_TEMPLATES })
  position: number;
  @ApiProperty({ enum: TEMPLATE_VARIABLES, isArray: true, description: 'Each once, in the order of the text' })
  variables_used: string[];
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(template: MessageTemplate): TemplateResponse {
    return {
      id: template.id,
      title: template.title,
      body: template.body,
      is_default: template.isDefault,
      position: template.position,
      variables_used: variablesOf(template.body),
      created_at: wireInstant(template.createdAt),
      updated_at: wireInstant(template.updatedAt),
    };
  }
}

/** A template as one client would read it. */
export interface TemplatePreview {
  templateId: string;
  resolvedBody: string;
  clientName: string;
}

export class TemplatePreviewResponse {
  @ApiProperty({ format: 'uuid' })
  template_id: string;
  /** In the language of the template, dates as the client writes them, times of the coach's zone. */
  resolved_body: string;
  client_name: string;

  static from({ templateId, resolvedBody, clientName }: TemplatePreview): TemplatePreviewResponse {
    return { template_id: templateId, resolved_body: resolvedBody, client_name: clientName };
  }
}
