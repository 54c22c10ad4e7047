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

/** A push, ready to send. */
export interface Push {
  userId: string;
  title: string;
  body: string;
  data: Readonly<Record<string, string>>;
}

/** The way out for mails. Called by jobs only, outside any transaction. A failure is retried. */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<void>;
}

/** The way out for pushes. Called by jobs only, outside any transaction. A failure is retried. */
export abstract class PushSender {
  abstract send(push: Push): Promise<void>;
}
