import { Global, Module } from '@nestjs/common';
import { FieldCipher } from './field-cipher';
import { KeyRegisterRepository } from './key-register.repository';
import { KeyRegister } from './key-register.service';
import { KeyRotationRepository } from './key-rotation.repository';
import { KeyRotation } from './key-rotation.service';
import { TokenCipher } from './token-cipher';

@Global()
@Module({
  providers: [FieldCipher, TokenCipher, KeyRegisterRepository, KeyRegister, KeyRotationRepository, KeyRotation],
  exports: [FieldCipher, TokenCipher, KeyRegister, KeyRotation],
})
export class CryptoModule {}
