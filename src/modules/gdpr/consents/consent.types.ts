export const CONSENT_TYPES = [
  'terms_of_service',
  'privacy_policy',
  'data_processing_health',
  'marketing_emails',
  'analytics',
  'third_party_sharing',
] as const;
export type ConsentType = (typeof CONSENT_TYPES)[number];

/** What an account is opened under (rules §17.3). */
export const TERMS: readonly ConsentType[] = ['terms_of_service', 'privacy_policy'];

/** The wording that is shown today. A new wording is a new version here, and old rows keep the one that was agreed to. */
export const CURRENT_VERSIONS: Readonly<Record<ConsentType, string>> = {
  terms_of_service: '1.0',
  privacy_policy: '1.0',
  data_processing_health: '1.0',
  marketing_emails: '1.0',
  analytics: '1.0',
  third_party_sharing: '1.0',
};

/** What somebody said at one moment. The last word of each type counts; those before stay as they are. */
export interface Consent {
  id: string;
  type: ConsentType;
  /** Of the wording. */
  version: string;
  accepted: boolean;
  acceptedAt: Date;
}
