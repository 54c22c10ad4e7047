import { Injectable } from '@nestjs/common';
import type { Language } from 'src/common/i18n/languages';
import type { Machine } from 'src/modules/performance/entities/machine.entity';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { Exercise } from 'src/modules/performance/exercises/exercise.types';
import { MachineRepository } from './machine.repository';

/** A machine with what can be done on it, in the words of one language. */
export interface MachineView {
  machine: Machine;
  /** By slug. */
  exercises: Exercise[];
}

/** Puts machines and exercises together. */
@Injectable()
export class MachineViewService {
  constructor(
    private readonly machines: MachineRepository,
    private readonly exercises: ExerciseService,
  ) {}

  /** In as many queries for many machines as for one. */
  async of(machines: readonly Machine[], language: Language): Promise<MachineView[]> {
    const links = await this.machines.findExercises(machines.map(({ id }) => id));
    const known = await this.exercises.findByIds(
      links.map(({ exerciseTypeId }) => exerciseTypeId),
      language,
    );
    const bySlug = [...known.values()].sort((one, other) => (one.slug < other.slug ? -1 : 1));
    const pairs = new Set(links.map(({ machineId, exerciseTypeId }) => `${machineId} ${exerciseTypeId}`));
    return machines.map((machine) => ({
      machine,
      exercises: bySlug.filter(({ id }) => pairs.has(`${machine.id} ${id}`)),
    }));
  }

  async ofOne(machine: Machine, language: Language): Promise<MachineView> {
    const [view = { machine, exercises: [] }] = await this.of([machine], language);
    return view;
  }
}
