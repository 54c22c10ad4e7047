import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserNotFound } from 'src/modules/auth/auth.errors';
import { UserRegistered } from 'src/modules/auth/auth.events';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { User } from 'src/modules/auth/entities/user.entity';
import { DEFAULT_COUNTRY, DEFAULT_LOCALE, DEFAULT_TIMEZONE } from './account.rules';
import { UserRepository } from './user.repository';

/** What is known of somebody who comes for the first time. */
export type NewAccount = Pick<User, 'email' | 'firstName' | 'lastName' | 'role'> &
  Partial<
    Pick<
      User,
      | 'phone'
      | 'gender'
      | 'birthYear'
      | 'photoUrl'
      | 'locale'
      | 'timezone'
      | 'country'
      | 'googleSub'
      | 'passwordHash'
      | 'roleLocked'
    >
  > & {
    /** Whether somebody we trust has proved the address already. */
    isEmailProved: boolean;
  };

/** Opens accounts, by registration and by a first sign-in with Google. */
@Injectable()
export class AccountOpeningService {
  constructor(
    private readonly users: UserRepository,
    private readonly completion: CompletionParts,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * @param invitation what came with a registration, for whoever listens
   * @throws EmailAlreadyExists
   */
  @Transactional()
  async open(
    { isEmailProved, ...given }: NewAccount,
    invitation: { enrollmentToken?: string; acceptedTerms?: boolean } = {},
  ): Promise<User> {
    const now = this.clock.now();
    const user: User = {
      phone: null,
      gender: null,
      birthYear: null,
      photoUrl: null,
      locale: DEFAULT_LOCALE,
      timezone: DEFAULT_TIMEZONE,
      country: DEFAULT_COUNTRY,
      googleSub: null,
      passwordHash: null,
      roleLocked: true,
      ...given,
      id: randomUUID(),
      pendingEmail: null,
      emailVerifiedAt: isEmailProved ? now : null,
      status: isEmailProved ? 'active' : 'unverified',
      statusBeforeSuspension: null,
      suspensionReason: null,
      phoneVerifiedAt: null,
      profileCompletionPct: 0,
      createdAt: now,
      updatedAt: now,
    };
    await this.users.insert(user);
    const { enrollmentToken = null, acceptedTerms = false } = invitation;
    await this.events.publish(new UserRegistered(user.id, enrollmentToken, acceptedTerms));
    await this.completion.recompute(user.id);
    return orThrow(await this.users.findById(user.id), UserNotFound);
  }
}
