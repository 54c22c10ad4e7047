import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { UserNotFound } from 'src/modules/auth/auth.errors';
import { SessionRepository } from './session.repository';
import type { Session } from './sign-in.types';

/** Who is signed in, and with which device. */
@Injectable()
export class SessionService {
  constructor(private readonly sessions: SessionRepository) {}

  async find(me: Principal): Promise<Session> {
    return orThrow(await this.sessions.findByKeyId(me.keyId), UserNotFound);
  }
}
