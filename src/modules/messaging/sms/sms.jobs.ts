import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { SmsDelivery } from './sms-delivery.service';
import { SEND_SMS } from './sms-register.service';

/** Who works off the jobs of SMS. */
@Injectable()
export class SmsJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly deliveries: SmsDelivery,
  ) {}

  onModuleInit(): void {
    this.registry.register(SEND_SMS, ({ smsId }) => this.deliveries.send(String(smsId)), {
      channel: 'sms',
      describe: ({ smsId }) => this.deliveries.describe(String(smsId)),
      parked: ({ smsId }, errorCode) => this.deliveries.parked(String(smsId), errorCode),
      replayed: ({ smsId }) => this.deliveries.replayed(String(smsId)),
    });
  }
}
