import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { isDigestOf, keyedHash } from 'src/common/crypto/keyed-hash';
import { EventBus } from 'src/common/events/event-bus';
import { AppConfig } from 'src/config/app-config';
import { PhoneCodeRequested } from 'src/modules/auth/auth.events';
import type { Contact } from 'src/modules/auth/user.types';
import type { PhoneCode } from 'src/modules/auth/entities/phone-code.entity';
import { PhoneCodeRepository } from './phone-code.repository';
import { canProve, CODE_MINUTES, expiryOf, newCode } from './phone-code.rules';

/** What the message with a code needs. */
export interface CodeToSend {
  /** E.164. */
  phone: string;
  code: string;
  /** How long a code holds from its making. */
  minutes: number;
  /** From then on a message with it may have arrived; null where none has been handed over. */
  firstTriedAt: Date | null;
}

/** Whose code it is, as the account stands now. */
type Owner = Pick<Contact, 'id' | 'phone' | 'status'>;

/** Codes that prove a number: made here, kept as a hash, opened once more for the message that carries them. */
@Injectable()
export class PhoneCodeService {
  constructor(
    private readonly codes: PhoneCodeRepository,
    private readonly cipher: FieldCipher,
    private readonly config: AppConfig,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {
    cipher.passesOn('phone_codes', 'code');
  }

  /** Within the caller's transaction: a new code for a number. The person's earlier one is void. */
  async send(userId: string, phone: string): Promise<void> {
    const id = randomUUID();
    const code = newCode();
    const createdAt = this.clock.now();
    const codeHash = keyedHash(this.config.secrets.signingSecret, claimOf(userId, phone, code));
    await this.codes.replace({ userId, id, phone, codeHash, createdAt, expiresAt: expiryOf(createdAt) });
    await this.events.publish(new PhoneCodeRequested(userId, phone, id, this.cipher.encrypt(codePlace(id), code)));
  }

  /** Whether somebody typed the code. It takes the same time for every wrong one. */
  isRight({ userId, phone, codeHash }: PhoneCode, typed: string): boolean {
    const { signingSecret, formerSigningSecrets } = this.config.secrets;
    return isDigestOf([signingSecret, ...formerSigningSecrets], claimOf(userId, phone, typed.toLowerCase()), codeHash);
  }

  /**
   * Opens a code for its message; null where it can prove nothing any more: it is too old, used, guessed at too often or
   * replaced by another, the account has another number by now, or nobody may use the account.
   */
  async open(owner: Owner, codeId: string, sealedCode: string): Promise<CodeToSend | null> {
    const kept = await this.codes.findOfUser(owner.id);
    if (kept?.id !== codeId || !canProve(kept, owner, this.clock.now())) return null;
    const code = this.cipher.decrypt(codePlace(codeId), sealedCode);
    return { phone: kept.phone, code, minutes: CODE_MINUTES, firstTriedAt: kept.firstTriedAt };
  }

  /**
   * Remembers since when a message with the code may have arrived. To be said before it is handed over: whatever happens
   * then, somebody else who sends it knows.
   *
   * @param at null where nobody has been asked to take it
   */
  async noteFirstTry(userId: string, codeId: string, at: Date | null): Promise<void> {
    await this.codes.noteFirstTry(userId, codeId, at);
  }
}

/** A code is the proof of one number of one person. */
function claimOf(userId: string, phone: string, code: string): string {
  return `phone code ${userId} ${phone} ${code}`;
}

/** A sealed code opens only as that of its own row. */
function codePlace(codeId: string): CipherPlace {
  return { table: 'phone_codes', rowId: codeId, column: 'code' };
}
