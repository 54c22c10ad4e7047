import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { keyedHash, sameDigest } from 'src/common/crypto/keyed-hash';
import { EventBus } from 'src/common/events/event-bus';
import { AppConfig } from 'src/config/app-config';
import { PhoneCodeRequested } from 'src/modules/auth/auth.events';
import type { PhoneCode } from 'src/modules/auth/entities/phone-code.entity';
import { PhoneCodeRepository } from './phone-code.repository';
import { CODE_MINUTES, expiryOf, newCode } from './phone-code.rules';

/** What the message with a code needs. */
export interface CodeToSend {
  /** E.164. */
  phone: string;
  code: string;
  /** How long a code holds from its making. */
  minutes: number;
  createdAt: Date;
}

/** Codes that prove a number: made here, kept as a hash, opened once more for the message that carries them. */
@Injectable()
export class PhoneCodeService {
  constructor(
    private readonly codes: PhoneCodeRepository,
    private readonly cipher: FieldCipher,
    private readonly config: AppConfig,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Within the caller's transaction: a new code for a number. The person's earlier one is void. */
  async send(userId: string, phone: string): Promise<void> {
    const id = randomUUID();
    const code = newCode();
    const createdAt = this.clock.now();
    const codeHash = this.hashOf(userId, phone, code);
    await this.codes.replace({ userId, id, phone, codeHash, createdAt, expiresAt: expiryOf(createdAt) });
    await this.events.publish(new PhoneCodeRequested(userId, phone, id, this.cipher.encrypt(codePlace(id), code)));
  }

  /** Whether somebody typed the code. It takes the same time for every wrong one. */
  isRight({ userId, phone, codeHash }: PhoneCode, typed: string): boolean {
    return sameDigest(this.hashOf(userId, phone, typed.toLowerCase()), codeHash);
  }

  /** Opens a code for its message; null where it is of no use any more: too old, used, or replaced by another. */
  async open(userId: string, codeId: string, sealedCode: string): Promise<CodeToSend | null> {
    const kept = await this.codes.findOfUser(userId);
    if (kept?.id !== codeId || this.clock.now() >= kept.expiresAt) return null;
    const code = this.cipher.decrypt(codePlace(codeId), sealedCode);
    return { phone: kept.phone, code, minutes: CODE_MINUTES, createdAt: kept.createdAt };
  }

  private hashOf(userId: string, phone: string, code: string): string {
    return keyedHash(this.config.secrets.signingSecret, `phone code ${userId} ${phone} ${code}`);
  }
}

/** A sealed code opens only as that of its own row. */
function codePlace(codeId: string): CipherPlace {
  return { table: 'phone_codes', rowId: codeId, column: 'code' };
}
