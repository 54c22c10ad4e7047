import { canBeName, NAME_LENGTH } from 'src/modules/auth/accounts/account.rules';

/** Who somebody is by Google's word; the address is proved. */
export interface GoogleIdentity {
  sub: string;
  /** Lower-case. */
  email: string;
  firstName: string;
  lastName: string;
  photoUrl: string | null;
}

/** What an id token says of a person, as far as we read it. */
export interface GoogleClaims {
  sub: string;
  email: string;
  given_name?: string;
  family_name?: string;
  name?: string;
  picture?: string;
}

const LONGEST_URL = 500;

/** A name that the product accepts; where Google knows none, the address says how to call somebody. */
function nameOf(given: string | undefined, email: string): string {
  const name = shortened((given ?? '').replace(/\p{C}/gu, ' ').trim()).trim();
  if (isLongEnough(name) && canBeName(name)) return name;
  const local = shortened(email.slice(0, email.lastIndexOf('@')));
  return isLongEnough(local) ? local : shortened(email);
}

/** By characters: half of one could not be stored. */
function shortened(text: string): string {
  return [...text].slice(0, NAME_LENGTH.max).join('');
}

function isLongEnough(text: string): boolean {
  return [...text].length >= NAME_LENGTH.min;
}

function photoOf(picture: string | undefined): string | null {
  return picture && picture.length <= LONGEST_URL && picture.startsWith('https://') ? picture : null;
}

export function identityOf(claims: GoogleClaims): GoogleIdentity {
  const { sub, email } = claims;
  return {
    sub,
    email,
    firstName: nameOf(claims.given_name ?? claims.name, email),
    lastName: nameOf(claims.family_name, email),
    photoUrl: photoOf(claims.picture),
  };
}
