import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import { Machine } from 'src/modules/performance/entities/machine.entity';
import { MachineExercise } from 'src/modules/performance/entities/machine-exercise.entity';
import { In } from 'typeorm';
import { QrCodeExists } from './machine.errors';

/** What somebody says of a machine, before anybody has looked at it. */
export type MachineClaim = Pick<Machine, 'typeKey' | 'brand' | 'model' | 'photoUrl' | 'qrCodeHash'>;

/** What an admin decided, with what was put right. */
export type Verdict = Pick<Machine, 'status' | 'rejectionReason'> & Partial<MachineClaim>;

const COLUMNS = `
  id, type_key AS "typeKey", brand, model, photo_url AS "photoUrl", status, rejection_reason AS "rejectionReason",
  qr_code_hash AS "qrCodeHash", submitted_by AS "submittedBy", reviewed_at AS "reviewedAt",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

const BY_QR_CODE: Statement = {
  name: 'machine_by_qr_code',
  text: `SELECT ${COLUMNS} FROM machines WHERE qr_code_hash = $1 AND status = 'validated'`,
};
const EXERCISES: Statement = {
  name: 'machine_exercises',
  text: `SELECT machine_id AS "machineId", exercise_type_id AS "exerciseTypeId" FROM machine_exercises
         WHERE machine_id = ANY ($1::uuid[])`,
};
const COUNT_VALIDATED: Statement = {
  name: 'machine_count_validated',
  text: `SELECT count(*)::int AS count FROM machines WHERE id = ANY ($1::uuid[]) AND status = 'validated'`,
};
const SET_EXERCISES: Statement = {
  name: 'machine_set_exercises',
  text: `WITH gone AS (
           DELETE FROM machine_exercises WHERE machine_id = $1 AND NOT exercise_type_id = ANY ($2::uuid[])
         )
         INSERT INTO machine_exercises (machine_id, exercise_type_id) SELECT $1, unnest($2::uuid[])
         ON CONFLICT DO NOTHING`,
};

@Injectable()
export class MachineRepository {
  constructor(private readonly database: Database) {}

  /** The validated one. */
  async findByQrCode(qrCode: string): Promise<Machine | null> {
    return this.database.first<Machine>(BY_QR_CODE, [qrCode]);
  }

  async findByIds(ids: readonly string[]): Promise<Map<string, Machine>> {
    const machines = await this.database.repository(Machine).findBy({ id: In([...ids]) });
    return new Map(machines.map((machine) => [machine.id, machine]));
  }

  /** Of different ids, how many are of validated machines. */
  async countValidated(ids: readonly string[]): Promise<number> {
    return (await this.database.value<number>(COUNT_VALIDATED, [ids])) ?? 0;
  }

  /** Which exercises can be done on which of these machines. */
  async findExercises(machineIds: readonly string[]): Promise<MachineExercise[]> {
    return machineIds.length === 0 ? [] : this.database.query<MachineExercise>(EXERCISES, [machineIds]);
  }

  /** Those that await a review, oldest first. */
  async pending({ offset, limit }: PageQuery): Promise<Rows<Machine>> {
    const [rows, total] = await this.database.repository(Machine).findAndCount({
      where: { status: 'pending' },
      order: { createdAt: 'ASC', id: 'ASC' },
      skip: offset,
      take: limit,
    });
    return { rows, total };
  }

  /** Locked, so that two verdicts follow one another. */
  async lock(id: string): Promise<Machine | null> {
    return this.database.repository(Machine).findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** @throws QrCodeExists */
  async insert(claim: MachineClaim, submittedBy: string, now: Date): Promise<Machine> {
    const repository = this.database.repository(Machine);
    const row = repository.create({
      ...claim,
      status: 'pending',
      rejectionReason: null,
      submittedBy,
      reviewedAt: null,
      createdAt: now,
      updatedAt: now,
    });
    await uniquely(() => repository.insert(row));
    return row;
  }

  /** @throws QrCodeExists */
  async review(machine: Machine, verdict: Verdict, now: Date): Promise<Machine> {
    const written = { ...verdict, reviewedAt: now, updatedAt: now };
    await uniquely(() => this.database.repository(Machine).update({ id: machine.id }, written));
    return Object.assign(machine, written);
  }

  /** These exercises and no others. */
  async setExercises(machineId: string, exerciseTypeIds: readonly string[]): Promise<void> {
    await this.database.execute(SET_EXERCISES, [machineId, exerciseTypeIds]);
  }
}

async function uniquely(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violates(error, 'machines_qr_code_hash')) throw new QrCodeExists({ cause: error });
    throw error;
  }
}
