import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

/** A ring, by the name of its variable. */
export type RingName = 'FIELD_ENCRYPTION_KEYS' | 'TOKEN_ENCRYPTION_KEYS';

/** Where an encrypted value lives. It opens only there: a value moved to another row or column does not decrypt. */
export interface CipherPlace {
  table: string;
  rowId: string;
  column: string;
}

/** Columns of one table that hold encrypted values, so that these are found again when keys change. */
export interface EncryptedColumns {
  table: string;
  columns: readonly string[];
  /** What stands in the places of a row as its id: SQL over the columns of the row. */
  rowId: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FINGERPRINT_BYTES = 32;

/**
 * AES-256-GCM with a ring of keys. A stored value is `<key id>:<base64(nonce ‖ ciphertext ‖ tag)>`; the place is bound in
 * as additional data. The first key of the ring encrypts, every key decrypts (rules §13).
 */
export abstract class RingCipher {
  private readonly keys = new Map<string, KeyObject>();
  private readonly known = new Set<string>();
  private readonly stored: EncryptedColumns[] = [];
  /** The id of the key that encrypts. */
  readonly current: string;

  /** @param ring `id:base64(32 bytes)`, several separated by commas */
  protected constructor(
    readonly name: RingName,
    ring: string,
  ) {
    for (const entry of ring.split(',')) {
      const cut = entry.indexOf(':');
      this.keys.set(entry.slice(0, cut), createSecretKey(entry.slice(cut + 1), 'base64'));
    }
    this.current = this.keys.keys().next().value ?? '';
  }

  /** The ids of all keys, that of the current one first. */
  get ids(): readonly string[] {
    return [...this.keys.keys()];
  }

  /** 64 hex characters that tell the key of this id from any other, and nothing about it. */
  fingerprint(id: string): string {
    return Buffer.from(hkdfSync('sha256', this.key(id), '', 'mycoach key fingerprint', FINGERPRINT_BYTES)).toString(
      'hex',
    );
  }

  /** Whoever keeps encrypted values says where, when it is made. A new ring is spread over all of them. */
  keeps(columns: EncryptedColumns): void {
    this.stored.push(columns);
    for (const column of columns.columns) this.know(columns.table, column);
  }

  /** Whoever encrypts what is kept in no column, but travels with a job and ends with it. */
  passesOn(table: string, column: string): void {
    this.know(table, column);
  }

  /** Where values of this ring are kept. */
  get keptColumns(): readonly EncryptedColumns[] {
    return this.stored;
  }

  /** @throws Error for a column that nobody has told of: its values would be lost with the key */
  encrypt(place: CipherPlace, text: string): string {
    if (!this.known.has(nameOf(place.table, place.column)))
      throw new Error(`Nobody has said that ${place.table}.${place.column} is encrypted: see RingCipher.keeps`);
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

  private know(table: string, column: string): void {
    const name = nameOf(table, column);
    if (this.known.has(name)) throw new Error(`Two have said that ${name} is encrypted`);
    this.known.add(name);
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (!key) throw new Error(`No encryption key named "${id}" is configured`);
    return key;
  }
}

function nameOf(table: string, column: string): string {
  return `${table}.${column}`;
}

function additionalData({ table, rowId, column }: CipherPlace): Buffer {
  return Buffer.from(`${table}\u0000${rowId}\u0000${column}`);
}
