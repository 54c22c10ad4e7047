import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import type { BroadcastDto } from './broadcast.dto';
import { BroadcastService } from './broadcast.service';
import { smsCostOf, type SmsEncoding } from './sms-segments.rules';

/** What a broadcast would cost. */
export interface Estimate {
  totalRecipients: number;
  noPhone: number;
  optedOut: number;
  /** Of all SMS together. */
  segmentsTotal: number;
  /** Of the longest one. */
  segmentsMax: number;
  /** ucs2 as soon as one of the texts needs it. */
  encoding: SmsEncoding;
  /** SMS that may still be sent on this day of UTC. */
  quotaLeft: number;
}

/** Says beforehand what a broadcast takes: whom it reaches, and how many segments the network counts. */
@Injectable()
export class EstimateService {
  constructor(
    private readonly broadcasts: BroadcastService,
    private readonly sms: SmsRegister,
  ) {}

  /** For a used up day too: then `quotaLeft` is 0. @throws CoachProfileNotFound, TemplateNotFound */
  async estimate(me: Principal, dto: BroadcastDto): Promise<Estimate> {
    const { drafts, totalRecipients, noPhone, optedOut } = await this.broadcasts.outline(me, dto);
    const costs = drafts.map(({ body }) => smsCostOf(body));
    return {
      totalRecipients,
      noPhone,
      optedOut,
      segmentsTotal: costs.reduce((sum, { segments }) => sum + segments, 0),
      segmentsMax: costs.reduce((most, { segments }) => Math.max(most, segments), 0),
      encoding: costs.some(({ encoding }) => encoding === 'ucs2') ? 'ucs2' : 'gsm7',
      quotaLeft: await this.sms.quotaLeft(me.userId),
    };
  }
}
