import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExerciseMuscle } from 'src/modules/performance/entities/exercise-muscle.entity';
import { ExerciseText } from 'src/modules/performance/entities/exercise-text.entity';
import { ExerciseType } from 'src/modules/performance/entities/exercise-type.entity';
import { ExerciseController } from './exercise.controller';
import { ExerciseRepository } from './exercise.repository';
import { ExerciseService } from './exercise.service';

/** The catalogue of exercises. */
@Module({
  imports: [TypeOrmModule.forFeature([ExerciseType, ExerciseText, ExerciseMuscle])],
  controllers: [ExerciseController],
  providers: [ExerciseRepository, ExerciseService],
  exports: [ExerciseService],
})
export class ExerciseModule {}
