import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { SubmitMachineDto } from './machine.dto';
import { MachineNotFound } from './machine.errors';
import { MachineRepository } from './machine.repository';
import { isQrCode, written } from './machine.rules';
import { type MachineView, MachineViewService } from './machine-view.service';

/** The machines of the clubs (contract §4.19). */
@Injectable()
export class MachineService {
  constructor(
    private readonly machines: MachineRepository,
    private readonly views: MachineViewService,
    private readonly exercises: ExerciseService,
    private readonly clock: Clock,
  ) {}

  /** By what its QR code says. @throws MachineNotFound */
  async findByQrCode(qrCode: string, language: Language): Promise<MachineView> {
    const code = qrCode.trim();
    const machine = isQrCode(code) ? await this.machines.findByQrCode(code) : null;
    return this.views.ofOne(orThrow(machine, MachineNotFound), language);
  }

  /** Nobody sees it before an admin has accepted it. @throws ExerciseNotFound, QrCodeExists */
  @Transactional()
  async submit(me: Principal, dto: SubmitMachineDto, language: Language): Promise<MachineView> {
    const exerciseIds = [...new Set(dto.exercise_type_ids)];
    await this.exercises.requireAll(exerciseIds);
    const claim = {
      typeKey: dto.type_key,
      brand: written(dto.brand),
      model: written(dto.model),
      photoUrl: dto.photo_url ?? null,
      qrCodeHash: written(dto.qr_code_hash),
    };
    const machine = await this.machines.insert(claim, me.userId, this.clock.now());
    await this.machines.setExercises(machine.id, exerciseIds);
    return this.views.ofOne(machine, language);
  }

  /** Only validated machines can be trained on. @throws MachineNotFound when one of the ids is of none */
  async requireValidated(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids);
    if (wanted.size > 0 && (await this.machines.countValidated([...wanted])) < wanted.size) throw new MachineNotFound();
  }
}
