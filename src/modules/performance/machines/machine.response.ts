import { ApiProperty } from '@nestjs/swagger';
import type { Principal } from 'src/common/auth/principal';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { ExerciseResponse } from 'src/modules/performance/exercises/exercise.response';
import { MACHINE_STATUSES, MACHINE_TYPES, type MachineStatus, type MachineType } from './machine.types';
import type { MachineView } from './machine-view.service';

/** A machine as its reader may see it: who described it, and its code, are for admins. */
export class MachineResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: MACHINE_TYPES })
  type_key: MachineType;
  brand: string | null;
  model: string | null;
  photo_url: string | null;
  @ApiProperty({ enum: MACHINE_STATUSES })
  status: MachineStatus;
  validated: boolean;
  rejection_reason: string | null;
  /** What can be done on it, by slug. */
  exercises: ExerciseResponse[];
  /** For admins; null also when the account is gone. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  submitted_by: string | null;
  /** For admins. */
  qr_code_hash: string | null;
  @ApiInstant()
  created_at: string;

  static from({ machine, exercises }: MachineView, reader: Principal): MachineResponse {
    const isForAdmin = reader.role === 'admin';
    return {
      id: machine.id,
      type_key: machine.typeKey,
      brand: machine.brand,
      model: machine.model,
      photo_url: machine.photoUrl,
      status: machine.status,
      validated: machine.status === 'validated',
      rejection_reason: machine.rejectionReason,
      exercises: exercises.map((exercise) => ExerciseResponse.from(exercise)),
      submitted_by: isForAdmin ? machine.submittedBy : null,
      qr_code_hash: isForAdmin ? machine.qrCodeHash : null,
      created_at: wireInstant(machine.createdAt),
    };
  }
}

export class MachinePage extends PageResponse(MachineResponse) {}
