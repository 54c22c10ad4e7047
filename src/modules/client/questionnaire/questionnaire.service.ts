import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';
import { ClientProfileRepository } from 'src/modules/client/profile/profile.repository';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import { answersIn, type QuestionnaireDto } from './questionnaire.dto';
import { QuestionnaireNotFound } from './questionnaire.errors';
import { QuestionnaireRepository } from './questionnaire.repository';
import { allAnswers } from './questionnaire.rules';

/** How a client wants to train (contract §4.9). */
@Injectable()
export class QuestionnaireService {
  constructor(
    private readonly questionnaires: QuestionnaireRepository,
    private readonly profiles: ClientProfileService,
    private readonly rows: ClientProfileRepository,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /** Null for who has not answered. Whether the asker may see it is the caller's to know. */
  async find(userId: string): Promise<Questionnaire | null> {
    return this.questionnaires.find(userId);
  }

  /** @throws QuestionnaireNotFound */
  async get(me: Principal): Promise<Questionnaire> {
    return orThrow(await this.questionnaires.find(me.userId), QuestionnaireNotFound);
  }

  /** Answers the whole of it, for the first time or anew; `made` = for the first time. */
  @Transactional()
  async save(me: Principal, dto: QuestionnaireDto): Promise<{ questionnaire: Questionnaire; made: boolean }> {
    await this.profiles.ensure(me.userId);
    await this.rows.lockByUserId(me.userId);
    const made = !(await this.questionnaires.exists(me.userId));
    const answers = allAnswers(answersIn(dto));
    if (made) await this.questionnaires.insert(me.userId, answers, this.clock.now());
    else await this.questionnaires.update(me.userId, answers, this.clock.now());
    await this.completion.recompute(me.userId);
    return { questionnaire: await this.get(me), made };
  }

  /** Writes the answers that are given down, into the questionnaire that is there or a new one. */
  @Transactional()
  async answer(me: Principal, dto: QuestionnaireDto): Promise<Questionnaire> {
    await this.profiles.ensure(me.userId);
    await this.rows.lockByUserId(me.userId);
    if (await this.questionnaires.exists(me.userId)) return this.update(me, dto);
    return (await this.save(me, dto)).questionnaire;
  }

  /**
   * Changes the answers that are given.
   *
   * @throws QuestionnaireNotFound
   */
  @Transactional()
  async update(me: Principal, dto: QuestionnaireDto): Promise<Questionnaire> {
    await this.rows.lockByUserId(me.userId);
    await this.get(me);
    await this.questionnaires.update(me.userId, answersIn(dto), this.clock.now());
    await this.completion.recompute(me.userId);
    return this.get(me);
  }
}
