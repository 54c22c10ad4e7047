import { Injectable } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { RingCipher } from './ring-cipher';

/**
 * Encrypts what opens the accounts of people at other providers, with the ring `TOKEN_ENCRYPTION_KEYS`: whoever holds
 * the keys of texts does not hold those.
 */
@Injectable()
export class TokenCipher extends RingCipher {
  constructor(config: AppConfig) {
    super('TOKEN_ENCRYPTION_KEYS', config.secrets.tokenEncryptionKeys);
  }
}
