import type { Principal } from 'src/common/auth/principal';

/** As what somebody acts on an entry: its client, or its coach, in whose place an admin acts; null = it is not his. */
export function partIn(
  entry: { clientId: string; coachId: string },
  { userId, role }: Pick<Principal, 'userId' | 'role'>,
): 'client' | 'coach' | null {
  if (entry.clientId === userId) return 'client';
  return runsQueue(entry, { userId, role }) ? 'coach' : null;
}

/** Whether somebody says what happens to the queues of a coach. */
export function runsQueue(
  { coachId }: { coachId: string },
  { userId, role }: Pick<Principal, 'userId' | 'role'>,
): boolean {
  return coachId === userId || role === 'admin';
}
