import { Injectable } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';

/** Where Withings calls when a scale has measured. */
@Injectable()
export class WithingsNews {
  /** Null: nobody is called, and scales are only asked. */
  readonly callbackUrl: string | null;

  constructor({ withings, appBaseUrl }: AppConfig) {
    const secret = withings?.webhookSecret ?? null;
    this.callbackUrl = secret === null ? null : `${appBaseUrl}/webhooks/withings/${secret}`;
  }
}
