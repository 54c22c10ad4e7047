import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientGym } from './entities/client-gym.entity';
import { CoachGym } from './entities/coach-gym.entity';
import { GymChain } from './entities/gym-chain.entity';
import { Gym } from './entities/gym.entity';
import { GymController } from './gym.controller';
import { GymPersonalData } from './gym.personal-data';
import { GymRepository } from './gym.repository';
import { GymService } from './gym.service';
import { GymImportController } from './import/gym-import.controller';
import { GymImportModule } from './import/gym-import.module';
import { PersonGymRepository } from './person-gym.repository';

/** Gym chains and clubs, who works in them and who likes them. */
@Module({
  imports: [GymImportModule, TypeOrmModule.forFeature([Gym, GymChain, CoachGym, ClientGym])],
  controllers: [GymController, GymImportController],
  providers: [GymRepository, GymService, PersonGymRepository, GymPersonalData],
  exports: [GymService],
})
export class GymModule {}
