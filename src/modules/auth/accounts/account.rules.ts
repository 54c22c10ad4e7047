import type { User } from 'src/modules/auth/entities/user.entity';

export const DEFAULT_LOCALE = 'fr-FR';
export const DEFAULT_TIMEZONE = 'Europe/Paris';
export const DEFAULT_COUNTRY = 'FR';

/** In characters. */
export const NAME_LENGTH = { min: 2, max: 150 };

// What renders as nothing is a letter to Unicode here and there, the Hangul fillers for example.
const VISIBLE_LETTER = /(?!\p{Default_Ignorable_Code_Point})\p{L}/u;

/**
 * A name can be read by those who meet it in mails and lists: it has a letter, and neither turns the text around it nor
 * carries a link (rules §13).
 */
export function canBeName(text: string): boolean {
  return VISIBLE_LETTER.test(text) && !/[\p{Cc}\p{Bidi_Control}]/u.test(text) && !text.includes('://');
}

/** The domain of an address, lower-case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/**
 * Where a link of an account goes. While an address waits, the old one cannot be proved: a link is always mailed to the
 * address that it proves.
 */
export function addressToProve({ email, pendingEmail }: Pick<User, 'email' | 'pendingEmail'>): string {
  return pendingEmail ?? email;
}

/** Whether there is an address that a link could prove. */
export function awaitsProof(user: Pick<User, 'pendingEmail' | 'emailVerifiedAt' | 'status'>): boolean {
  return user.status !== 'deleted' && (user.pendingEmail !== null || user.emailVerifiedAt === null);
}

/** What changes when the address of an account is proved: an account that waited for it becomes active. */
export function provedEmail(
  { status, statusBeforeSuspension }: Pick<User, 'status' | 'statusBeforeSuspension'>,
  at: Date,
): Pick<User, 'emailVerifiedAt' | 'status' | 'statusBeforeSuspension'> {
  return {
    emailVerifiedAt: at,
    status: status === 'unverified' ? 'active' : status,
    statusBeforeSuspension: statusBeforeSuspension === 'unverified' ? 'active' : statusBeforeSuspension,
  };
}

/** Points of the account itself (rules §7); the rest of the hundred is of the profiles. */
export function accountPoints(
  user: Pick<User, 'role' | 'emailVerifiedAt' | 'phone' | 'phoneVerifiedAt' | 'photoUrl'>,
): number {
  const picture = user.photoUrl ? 10 : 0;
  if (user.role === 'client') return (user.emailVerifiedAt ? 30 : 0) + (user.phone ? 10 : 0) + picture;
  return (user.emailVerifiedAt ? 15 : 0) + (user.phoneVerifiedAt ? 10 : 0) + picture;
}
