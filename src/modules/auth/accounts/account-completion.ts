import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { accountPoints } from './account.rules';
import { UserRepository } from './user.repository';

/** The account's own part of `profile_completion_pct`. */
@Injectable()
export class AccountCompletion implements OnModuleInit {
  constructor(
    private readonly parts: CompletionParts,
    private readonly users: UserRepository,
  ) {}

  onModuleInit(): void {
    this.parts.register('account', async (userId) => {
      const user = await this.users.findById(userId);
      return user ? accountPoints(user) : 0;
    });
  }
}
