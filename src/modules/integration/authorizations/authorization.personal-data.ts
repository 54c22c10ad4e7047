import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { AuthorizationRepository } from './authorization.repository';

/** Ways to providers that somebody has set out on, for ten minutes. Nothing of them says more than a connection does. */
@Injectable()
export class AuthorizationPersonalData extends PersonalDataPart {
  readonly name = 'integration.authorizations';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'oauth_states',
      exported: [],
      withheld: {
        state_hash: 'key',
        user_id: 'whose export it is',
        provider: 'gone after ten minutes',
        code_verifier: 'a secret of the protocol',
        expires_at: 'how it is kept',
      },
    },
  ];

  constructor(private readonly ways: AuthorizationRepository) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    await this.ways.forget(userId);
    return 'done';
  }
}
