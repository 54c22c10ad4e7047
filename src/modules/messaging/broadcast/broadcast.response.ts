import { ApiProperty } from '@nestjs/swagger';
import type { BroadcastState } from './broadcast.service';
import type { Estimate } from './estimate.service';
import { SMS_ENCODINGS, type SmsEncoding } from './sms-segments.rules';

const Count = (description?: string): PropertyDecorator => ApiProperty({ type: 'integer', minimum: 0, description });

/** Everybody who was meant: sent, failed, pending, without phone and opted out together are all of them. */
export class BroadcastResponse {
  @Count()
  total_recipients: number;
  @Count()
  sent_count: number;
  @Count('Refused by the provider, or beyond what was left of the 200 SMS a day')
  failed_count: number;
  @Count('Not settled within 5 seconds: `GET /coaches/sms/logs?status=pending` shows those that still wait')
  pending_count: number;
  @Count('Without a number, or with one that the coach may not use')
  no_phone_count: number;
  @Count('They have answered STOP')
  opted_out_count: number;

  static from(state: BroadcastState): BroadcastResponse {
    return {
      total_recipients: state.totalRecipients,
      sent_count: state.sent,
      failed_count: state.failed,
      pending_count: state.pending,
      no_phone_count: state.noPhone,
      opted_out_count: state.optedOut,
    };
  }
}

/** What a broadcast would take; nothing is sent. */
export class EstimateResponse {
  @Count()
  total_recipients: number;
  @Count('Without a number, or with one that the coach may not use')
  no_phone_count: number;
  @Count('They have answered STOP')
  opted_out_count: number;
  @Count('What the network counts, all SMS together')
  segments_total: number;
  @Count('Of the longest SMS')
  segments_max: number;
  @ApiProperty({ enum: SMS_ENCODINGS, description: 'ucs2 as soon as one text has a character that needs it' })
  encoding: SmsEncoding;
  @Count('SMS that may still be sent before midnight in UTC')
  quota_left: number;

  static from(estimate: Estimate): EstimateResponse {
    return {
      total_recipients: estimate.totalRecipients,
      no_phone_count: estimate.noPhone,
      opted_out_count: estimate.optedOut,
      segments_total: estimate.segmentsTotal,
      segments_max: estimate.segmentsMax,
      encoding: estimate.encoding,
      quota_left: estimate.quotaLeft,
    };
  }
}
