import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';

/** Where an encrypted value lives. It opens only there: a value moved to another row or column does not decrypt. */
export interface CipherPlace {
  table: string;
  rowId: string;
  column: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM for columns. A stored value is `<key id>:<base64(nonce ‖ ciphertext ‖ tag)>`; the place is bound in as
 * additional data. The first key of `FIELD_ENCRYPTION_KEYS` encrypts, every key decrypts (rules §13).
 */
@Injectable()
export class FieldCipher {
  private readonly keys = new Map<string, KeyObject>();
  private readonly current: string;

  constructor(config: AppConfig) {
    for (const entry of config.secrets.fieldEncryptionKeys.split(',')) {
      const cut = entry.indexOf(':');
      this.keys.set(entry.slice(0, cut), createSecretKey(entry.slice(cut + 1), 'base64'));
    }
    this.current = this.keys.keys().next().value ?? '';
  }

  encrypt(place: CipherPlace, text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.current), nonce).setAAD(additionalData(place));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.current}:${sealed.toString('base64')}`;
  }

  decrypt(place: CipherPlace, stored: string): string {
    const cut = stored.indexOf(':');
    const sealed = Buffer.from(stored.slice(cut + 1), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key(stored.slice(0, cut)), sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(additionalData(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  encryptNullable(place: CipherPlace, text: string | null | undefined): string | null {
    return text === null || text === undefined ? null : this.encrypt(place, text);
  }

  decryptNullable(place: CipherPlace, stored: string | null): string | null {
    return stored === null ? null : this.decrypt(place, stored);
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (!key) throw new Error(`No encryption key named "${id}" is configured`);
    return key;
  }
}

function additionalData({ table, rowId, column }: CipherPlace): Buffer {
  return Buffer.from(`${table}\u0000${rowId}\u0000${column}`);
}
