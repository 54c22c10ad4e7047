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

const SHORTEST_NAME = 2;
const LONGEST_NAME = 150;
const LONGEST_URL = 500;

/** A name that the product accepts; where Google knows none, the address says how to call somebody. */
function nameOf(given: string | undefined, email: string): string {
  const name = (given ?? '').replace(/\p{C}/gu, ' ').trim().slice(0, LONGEST_NAME).trim();
  if (name.length >= SHORTEST_NAME) return name;
  const local = email.slice(0, email.lastIndexOf('@')).slice(0, LONGEST_NAME);
  return local.length >= SHORTEST_NAME ? local : email.slice(0, LONGEST_NAME);
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
