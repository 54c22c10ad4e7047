import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { Language } from 'src/common/i18n/languages';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { Machine } from 'src/modules/performance/entities/machine.entity';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { RejectMachineDto, ValidateMachineDto } from './machine.dto';
import { MachineAlreadyReviewed, MachineNotFound } from './machine.errors';
import { MachineRejected, MachineValidated } from './machine.events';
import { type MachineClaim, MachineRepository } from './machine.repository';
import { written } from './machine.rules';
import { type MachineView, MachineViewService } from './machine-view.service';

/** As hard to guess as any id, and short enough for a code that a phone reads from afar. */
const CODE_BYTES = 16;

/** Machines in the hands of an admin (contract §4.28). */
@Injectable()
export class MachineReviewService {
  constructor(
    private readonly machines: MachineRepository,
    private readonly views: MachineViewService,
    private readonly exercises: ExerciseService,
    private readonly events: EventBus,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Those that await a review, oldest first. */
  async pending(query: PageQuery, language: Language): Promise<Rows<MachineView>> {
    const { rows, total } = await this.machines.pending(query);
    return { rows: await this.views.of(rows, language), total };
  }

  /**
   * Accepts a machine, with what is put right on the way. One without a QR code gets one, so that a label can be printed.
   *
   * @throws MachineNotFound, MachineAlreadyReviewed, ExerciseNotFound, QrCodeExists
   */
  @Transactional()
  async validate(id: string, dto: ValidateMachineDto, language: Language): Promise<MachineView> {
    const machine = await this.lockPending(id);
    const exerciseIds = dto.exercise_type_ids && [...new Set(dto.exercise_type_ids)];
    if (exerciseIds) await this.exercises.requireAll(exerciseIds);
    const at = this.clock.now();
    const corrected = correctionOf(machine, dto);
    const verdict = {
      ...corrected,
      qrCodeHash: corrected.qrCodeHash ?? randomBytes(CODE_BYTES).toString('base64url'),
      status: 'validated',
      rejectionReason: null,
    } as const;
    const validated = await this.machines.review(machine, verdict, at);
    if (exerciseIds) await this.machines.setExercises(id, exerciseIds);
    await this.events.publish(new MachineValidated(id, validated.submittedBy, labelOf(validated), at));
    await this.audit.write('machine.validated', { type: 'machine', id });
    return this.views.ofOne(validated, language);
  }

  /** It is kept and never shown. @throws MachineNotFound, MachineAlreadyReviewed */
  @Transactional()
  async reject(id: string, dto: RejectMachineDto, language: Language): Promise<MachineView> {
    const machine = await this.lockPending(id);
    const at = this.clock.now();
    const reason = written(dto.reason);
    const rejected = await this.machines.review(machine, { status: 'rejected', rejectionReason: reason }, at);
    await this.events.publish(new MachineRejected(id, rejected.submittedBy, labelOf(rejected), reason, at));
    await this.audit.write('machine.rejected', { type: 'machine', id });
    return this.views.ofOne(rejected, language);
  }

  private async lockPending(id: string): Promise<Machine> {
    const machine = orThrow(await this.machines.lock(id), MachineNotFound);
    if (machine.status !== 'pending') throw new MachineAlreadyReviewed();
    return machine;
  }
}

type Correctable = Omit<MachineClaim, 'photoUrl'>;

function correctionOf(machine: Machine, dto: ValidateMachineDto): Correctable {
  return {
    typeKey: dto.type_key ?? machine.typeKey,
    brand: dto.brand === undefined ? machine.brand : written(dto.brand),
    model: dto.model === undefined ? machine.model : written(dto.model),
    qrCodeHash: dto.qr_code_hash === undefined ? machine.qrCodeHash : written(dto.qr_code_hash),
  };
}

function labelOf({ typeKey, brand, model }: Machine): MachineValidated['label'] {
  return { typeKey, brand, model };
}
