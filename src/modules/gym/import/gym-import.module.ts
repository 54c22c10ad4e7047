import { Module } from '@nestjs/common';
import { GymImportRepository } from './gym-import.repository';
import { GymImportService } from './gym-import.service';

/** The import alone, without routes: what the command needs. */
@Module({ providers: [GymImportRepository, GymImportService], exports: [GymImportService] })
export class GymImportModule {}
