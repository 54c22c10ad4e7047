/** What is told of a session that was cancelled. */
export interface CancelledSession {
  clientId: string;
  clientName: string;
  scheduledAt: Date;
}

/** One session for each client: nobody is told the same thing twice. @param sessions by start */
export function firstOfEach<T extends CancelledSession>(sessions: readonly T[]): T[] {
  return sessions.filter(({ clientId }, place) => sessions.findIndex((each) => each.clientId === clientId) === place);
}
