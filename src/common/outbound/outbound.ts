/** A mail, ready to send: text and HTML in the recipient's language. */
export interface Mail {
  userId: string | null;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every attempt of one message, so that a repeat can be recognised. */
  messageId: string;
}

/** A push for one device, ready to send. */
export interface Push {
  userId: string;
  /** The device, as its provider knows it. */
  token: string;
  title: string;
  body: string;
  data: Readonly<Record<string, string>>;
  /** The same for every attempt of one message: a repeat takes the place of what is shown already. */
  collapseId: string;
  /** From then on it is not shown: a phone that was off until then stays quiet. */
  expiresAt: Date;
}

/** `unregistered`: the device is no more, and nothing is to be sent to its token again. */
export type PushOutcome = 'sent' | 'unregistered';

/** An SMS, ready to send. */
export interface Sms {
  userId: string | null;
  /** E.164. */
  to: string;
  body: string;
  /** A sender's name of letters and digits, used where the country allows one; null = the number of the product. */
  senderName: string | null;
  /** The same for every attempt of one message. */
  reference: string;
  /** Its reader waits for it: it does not stand behind the others. */
  isUrgent: boolean;
  /** A former attempt may have arrived, with nobody there to hear the answer. Null for the first one. */
  firstTriedAt: Date | null;
}

/** How the provider calls what it took; null where there is no provider. */
export interface SentSms {
  providerMessageId: string | null;
}

/** The way out for mails. Called by jobs only, outside any transaction. @throws DeliveryFailure, ProviderPaused */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<void>;
}

/** The way out for pushes. Called by jobs only, outside any transaction. @throws DeliveryFailure, ProviderPaused */
export abstract class PushSender {
  abstract send(push: Push): Promise<PushOutcome>;
}

/** The way out for SMS. Called by jobs only, outside any transaction. @throws DeliveryFailure, ProviderPaused */
export abstract class SmsSender {
  abstract send(sms: Sms): Promise<SentSms>;
}
