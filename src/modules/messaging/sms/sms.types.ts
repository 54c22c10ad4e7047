import type { SmsStatus } from './sms.state';

/** What belongs together: one broadcast, or the SMS of one bulk act. */
export interface SmsBatch {
  id: string;
  /** users.id. */
  coachId: string;
  /** Null where the coach wrote the text himself. */
  templateId: string | null;
}

/** One SMS to one client, worded already. */
export interface SmsDraft {
  clientId: string;
  /** E.164. */
  phone: string;
  body: string;
  /** When what it speaks of begins: it is not sent after that. A day is the limit of all of them. */
  usefulUntil?: Date | null;
}

/** Which SMS of a batch nobody sends. */
export interface WriteRefusals {
  /** Nothing was left of the coach's day; there is no trace of them. */
  beyondQuota: SmsDraft[];
  /** Their numbers have had enough of all coaches together; they stand in the log as failed. */
  beyondNumber: SmsDraft[];
}

/** How far the SMS of a batch are. */
export interface BatchState {
  sent: number;
  failed: number;
  pending: number;
  /** users.id of those whose SMS failed. */
  failedClientIds: string[];
}

/** An SMS that one process sends now, and nobody else. */
export interface HeldSms {
  id: string;
  clientId: string | null;
  /** E.164. */
  phone: string;
  /** In clear. */
  body: string;
  usefulUntil: Date;
  /** Null for the first attempt. */
  firstTriedAt: Date | null;
  /** Until then nobody else sends it, by the clock of the database. */
  leasedUntil: Date;
  /** What the coach is called where a name can stand as sender. */
  senderName: string | null;
  isOptedOut: boolean;
}

/** A line of the log, as its coach reads it. */
export interface LoggedSms {
  id: string;
  clientId: string | null;
  phone: string;
  body: string;
  status: SmsStatus;
  templateId: string | null;
  providerMessageId: string | null;
  errorCode: string | null;
  sentAt: Date | null;
  createdAt: Date;
}

/** With its failure in words. */
export interface ToldSms extends LoggedSms {
  errorMessage: string | null;
}
