import { Injectable } from '@nestjs/common';

/** Whether a person consents to others seeing what a third party, such as Strava, gave for him alone. */
export type SharingConsent = (userId: string) => Promise<boolean>;

/**
 * The word of people on sharing what comes from third parties (rules §16.2). Whoever shows it asks here, once for each
 * owner; the module that keeps the consents registers the answer at module init. Until then nobody has agreed.
 */
@Injectable()
export class SharingConsents {
  private consent: SharingConsent = () => Promise.resolve(false);

  register(consent: SharingConsent): void {
    this.consent = consent;
  }

  async isGiven(userId: string): Promise<boolean> {
    return this.consent(userId);
  }
}
