import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { UserNotFound } from 'src/modules/auth/auth.errors';
import type { ApiKey } from 'src/modules/auth/entities/api-key.entity';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { UserService } from 'src/modules/auth/user.service';

/** Who is signed in, and with which device. */
@Injectable()
export class SessionService {
  constructor(
    private readonly users: UserService,
    private readonly keys: ApiKeyService,
  ) {}

  async find(me: Principal): Promise<{ user: User; key: ApiKey }> {
    const user = orThrow(await this.users.findById(me.userId), new UserNotFound());
    return { user, key: await this.keys.findCurrent(me) };
  }
}
