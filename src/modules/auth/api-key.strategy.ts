import { Injectable } from '@nestjs/common';
import { Strategy } from 'passport-custom';
import { Authenticator, type KeyOutcome } from 'src/common/auth/authenticator';

/** Passport's types speak of Express; the strategy only hands the request on. */
type Asked = Parameters<ApiKeyStrategy['authenticate']>[0];

/** Recognises the caller by the key of the request. What an outcome means for a route is the guard's to say. */
@Injectable()
export class ApiKeyStrategy extends Strategy {
  constructor(authenticator: Authenticator) {
    super((request, done) => {
      authenticator.recognise(request).then(
        (outcome) => done(null, outcome),
        (error: unknown) => done(error),
      );
    });
  }

  /**
   * Asks the strategy as passport asks one, by an object of its own for each request on which it reports. Passport's own
   * entry dresses the request for sessions that there are none of, and keeps strategies per process.
   */
  async identify(request: object): Promise<KeyOutcome> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this) as ApiKeyStrategy;
      Object.assign(attempt, { success: resolve, error: reject, fail: () => resolve({ kind: 'invalid' }) });
      attempt.authenticate(request as Asked);
    });
  }
}
