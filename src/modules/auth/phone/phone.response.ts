import { ApiProperty } from '@nestjs/swagger';

export class PhoneVerifiedResponse {
  @ApiProperty({ type: Boolean, enum: [true] })
  verified: true;

  static from(verified: true): PhoneVerifiedResponse {
    return { verified };
  }
}
