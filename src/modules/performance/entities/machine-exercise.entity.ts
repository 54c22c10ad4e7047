import { Entity, Index, PrimaryColumn } from 'typeorm';

/** An exercise that can be done on a machine. */
@Entity('machine_exercises')
export class MachineExercise {
  @PrimaryColumn('uuid')
  machineId: string;

  @Index('machine_exercises_exercise_type_id')
  @PrimaryColumn('uuid')
  exerciseTypeId: string;
}
