import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import type { Authenticator, KeyOutcome } from 'src/common/auth/authenticator';

export const API_KEY = 'api-key';

/** What the guard gives passport for one request. */
export interface ApiKeyOptions {
  session: false;
  authenticator: Authenticator;
}

/**
 * Recognises the caller by the key of the request. Passport keeps strategies per process, so this one holds nothing of
 * an application: the guard hands over whom to ask. What an outcome means for a route is the guard's to say.
 */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, API_KEY) {
  constructor() {
    super({ passOptionsToCallback: true });
  }

  async validate(request: object, { authenticator }: ApiKeyOptions): Promise<KeyOutcome> {
    return authenticator.recognise(request);
  }
}
