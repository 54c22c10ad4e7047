export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** One spelling for what looks the same: keyboards differ in how they compose an accent. */
export function normalPassword(password: string): string {
  return password.normalize('NFC');
}

/** Characters, not units of UTF-16: an emoji is one. */
export function passwordLength(password: string): number {
  return [...password].length;
}

export function hasUppercase(password: string): boolean {
  return /\p{Lu}/u.test(password);
}

export function hasDigit(password: string): boolean {
  return /\p{Nd}/u.test(password);
}
