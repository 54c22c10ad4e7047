import type { Principal } from 'src/common/auth/principal';

interface Parties {
  clientId: string;
  coachId: string;
}

type Caller = Pick<Principal, 'userId' | 'role'>;

/** Its coach may correct a package; an admin acts in his place. */
export function mayCorrect(pack: Parties, me: Caller): boolean {
  return me.role === 'admin' || me.userId === pack.coachId;
}

/** Its two people may read it. To everybody else it does not exist. */
export function mayRead(pack: Parties, me: Caller): boolean {
  return me.userId === pack.clientId || mayCorrect(pack, me);
}
