import { Optional, Text } from 'src/common/http/fields';

/** What Twilio tells of a message that we have sent, in its own words. */
export class TwilioStatusDto {
  @Text({ min: 1, max: 64 })
  MessageSid: string;

  /** `queued`, `sent`, `delivered`, `undelivered`, `failed`, … */
  @Text({ min: 1, max: 32 })
  MessageStatus: string;

  @Optional()
  @Text({ max: 16 })
  ErrorCode?: string;
}

export class TwilioStatusQuery {
  /** Of the message, as it was sent. */
  @Optional()
  @Text({ max: 100 })
  sms?: string;
}

/** What somebody wrote to our number. */
export class TwilioInboundDto {
  @Text({ min: 1, max: 64 })
  MessageSid: string;

  /** E.164. */
  @Text({ max: 64 })
  From: string;

  @Optional()
  @Text({ max: 2_000, multiline: true })
  Body?: string;

  /** What Twilio itself has understood, where it manages who wants messages: `STOP`, `START`, `HELP`. */
  @Optional()
  @Text({ max: 16 })
  OptOutType?: string;
}
