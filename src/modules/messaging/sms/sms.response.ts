import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { SMS_STATUSES } from './sms.state';
import type { ToldSms } from './sms.types';

export class SmsLogResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  client_id: string | null;
  /** E.164; masked where the coach may not see the contact: `+33•••••••89`. */
  recipient_phone: string;
  message_body: string;
  @ApiProperty({ enum: SMS_STATUSES })
  status: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  template_id: string | null;
  @ApiProperty({ type: String, nullable: true })
  provider_message_id: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it did not arrive, in the language of the caller' })
  error_message: string | null;
  @ApiInstant({ nullable: true })
  sent_at: string | null;
  @ApiInstant()
  created_at: string;

  static from(sms: ToldSms): SmsLogResponse {
    return {
      id: sms.id,
      client_id: sms.clientId,
      recipient_phone: sms.phone,
      message_body: sms.body,
      status: sms.status,
      template_id: sms.templateId,
      provider_message_id: sms.providerMessageId,
      error_message: sms.errorMessage,
      sent_at: wireInstantOrNull(sms.sentAt),
      created_at: wireInstant(sms.createdAt),
    };
  }
}

export class SmsLogPage extends PageResponse(SmsLogResponse) {}
