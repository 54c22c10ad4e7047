import { Global, Module } from '@nestjs/common';
import { FieldCipher } from './field-cipher';
import { KeyRotationRepository } from './key-rotation.repository';
import { KeyRotation } from './key-rotation.service';
import { TokenCipher } from './token-cipher';

@Global()
@Module({
  providers: [FieldCipher, TokenCipher, KeyRotationRepository, KeyRotation],
  exports: [FieldCipher, TokenCipher, KeyRotation],
})
export class CryptoModule {}
