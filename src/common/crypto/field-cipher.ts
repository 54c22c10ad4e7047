import { Injectable } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { RingCipher } from './ring-cipher';

export type { CipherPlace } from './ring-cipher';

/** Encrypts texts that people write, with the ring `FIELD_ENCRYPTION_KEYS`. */
@Injectable()
export class FieldCipher extends RingCipher {
  constructor(config: AppConfig) {
    super('FIELD_ENCRYPTION_KEYS', config.secrets.fieldEncryptionKeys);
  }
}
