import { Injectable } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';

/** Where Withings calls when a scale has measured. */
@Injectable()
export class WithingsNews {
  /** That of now first, then those of before, which are still heard while a secret replaces another. */
  readonly callbackUrls: readonly string[];
  private readonly former: ReadonlySet<string>;

  constructor({ withings, appBaseUrl }: AppConfig) {
    const secrets = withings?.webhookSecrets ?? [];
    this.callbackUrls = secrets.map((secret) => `${appBaseUrl}/webhooks/withings/${secret}`);
    this.former = new Set(secrets.slice(1));
  }

  /** Null: nobody is called, and scales are only asked. */
  get callbackUrl(): string | null {
    return this.callbackUrls[0] ?? null;
  }

  get formerCallbackUrls(): readonly string[] {
    return this.callbackUrls.slice(1);
  }

  /** Whether this secret stands in an address of before. */
  isFormer(secret: string): boolean {
    return this.former.has(secret);
  }
}
