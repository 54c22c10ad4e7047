import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from 'src/modules/auth/auth.module';
import { DeletionRequestService } from './deletion-request.service';
import { DeletionRequest } from 'src/modules/gdpr/entities/deletion-request.entity';
import { ErasureReceipt } from 'src/modules/gdpr/entities/erasure-receipt.entity';
import { ErasureController } from './erasure.controller';
import { AnonymiseAccountsJob } from './erasure.jobs';
import { ErasurePersonalData } from './erasure.personal-data';
import { ErasureRepository } from './erasure.repository';
import { ErasureService } from './erasure.service';
import { ReapplicationService } from './reapplication.service';
import { ReceiptRepository } from './receipt.repository';
import { ReceiptService } from './receipt.service';
import { RestorationService } from './restoration.service';

/** People who leave: asked for, taken back, done, and done again on a restored backup. */
@Module({
  imports: [AuthModule, TypeOrmModule.forFeature([DeletionRequest, ErasureReceipt])],
  controllers: [ErasureController],
  providers: [
    DeletionRequestService,
    RestorationService,
    ErasureRepository,
    ErasureService,
    ErasurePersonalData,
    ReceiptRepository,
    ReceiptService,
    ReapplicationService,
    AnonymiseAccountsJob,
  ],
  exports: [ReapplicationService],
})
export class ErasureModule {}
