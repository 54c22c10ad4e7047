import { Injectable } from '@nestjs/common';
import { Mailer } from 'src/common/outbound/outbound';
import { AccountLinks } from 'src/modules/auth/account-links';
import { UserService } from 'src/modules/auth/user.service';
import { reaches } from './delivery.rules';
import { MailWriter } from './mail-writer';

/** A mail about the account itself. The token of its link travels encrypted; `auth` alone opens it. */
export interface AccountMail {
  kind: 'email_verification' | 'password_reset' | 'email_change';
  userId: string;
  /** The same for every attempt of this mail. */
  mailId: string;
  tokenId: string | null;
  sealedToken: string | null;
}

/** A token that a mail carries in a link; `auth` alone opens it. */
export interface SealedLink {
  readonly tokenId: string;
  readonly sealedToken: string;
}

/** Sends account mails, which have no place in the inbox. */
@Injectable()
export class AccountMailService {
  constructor(
    private readonly users: UserService,
    private readonly links: AccountLinks,
    private readonly writer: MailWriter,
    private readonly mailer: Mailer,
  ) {}

  /** A failure is thrown, and the job tried again. */
  async send(mail: AccountMail): Promise<void> {
    const reader = await this.users.findContact(mail.userId);
    if (!reader || !reaches(reader.status, 'mail', true)) return;
    const { kind, mailId } = mail;
    const url = this.linkOf(mail);
    const say = (part: string): string => this.writer.say(reader, `account.${kind}.${part}`);
    await this.mailer.send(
      this.writer.write(reader, {
        // A new address proves itself; everything else goes to the address that has.
        to: kind === 'email_verification' ? (reader.pendingEmail ?? reader.email) : reader.email,
        messageId: mailId,
        subject: say('subject'),
        paragraphs: [say('text')],
        ...(url !== null && { action: { label: say('action'), url } }),
        remarks: [say('remark')],
      }),
    );
  }

  private linkOf({ kind, tokenId, sealedToken }: AccountMail): string | null {
    if (tokenId === null || sealedToken === null) return null;
    return kind === 'password_reset'
      ? this.links.resetLink(tokenId, sealedToken)
      : this.links.verificationLink(tokenId, sealedToken);
  }
}
