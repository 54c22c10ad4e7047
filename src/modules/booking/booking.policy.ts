import type { Principal } from 'src/common/auth/principal';
import type { ActorRole, Part } from './booking.state';

interface Parties {
  clientId: string;
  coachId: string;
}

/** The part a caller plays in a booking, and the name under which the act is kept. */
export interface Actor {
  part: Part;
  role: ActorRole;
}

/**
 * Authority comes from the booking's two parties and not from the role of the account: a coach can be another coach's
 * client. An admin acts in the coach's place. Null for everybody else: to them the booking does not exist.
 */
export function actorIn(booking: Parties, me: Pick<Principal, 'userId' | 'role'>): Actor | null {
  if (me.userId === booking.clientId) return { part: 'client', role: 'client' };
  if (me.userId === booking.coachId) return { part: 'coach', role: 'coach' };
  return me.role === 'admin' ? { part: 'coach', role: 'admin' } : null;
}
