import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoachModule } from 'src/modules/coach/coach.module';
import { BookingCurrencies } from './booking-currencies';
import { CreditRepository } from './credits/credit.repository';
import { CreditSumsRepository } from './credits/credit-sums.repository';
import { CreditService } from './credits/credit.service';
import { PackageMovementEntity } from './entities/package-movement.entity';
import { PackageEntity } from './entities/package.entity';
import { PaymentEntity } from './entities/payment.entity';
import { ClientPackageController } from './packages/client-package.controller';
import { OpenSessionRepository } from './packages/open-session.repository';
import { PackageAdjustmentService } from './packages/package-adjustment.service';
import { PackageCreationService } from './packages/package-creation.service';
import { PackageLifetimeRepository } from './packages/package-lifetime.repository';
import { PackageLifetimeService } from './packages/package-lifetime.service';
import { PackagePurchaseService } from './packages/package-purchase.service';
import { PackageRegister } from './packages/package-register.service';
import { PackageController } from './packages/package.controller';
import { PackageRepository } from './packages/package.repository';
import { PackageService } from './packages/package.service';
import { ExpirePackagesJob, MarkLatePaymentsJob } from './payment.jobs';
import { PaymentListener } from './payment.listener';
import { PaymentStanding } from './payment-standing';
import { ClientPaymentController } from './payments/client-payment.controller';
import { PaymentExportService } from './payments/payment-export.service';
import { PaymentPurposeService } from './payments/payment-purpose.service';
import { PaymentRecordingService } from './payments/payment-recording.service';
import { PaymentController } from './payments/payment.controller';
import { PaymentRepository } from './payments/payment.repository';
import { PaymentService } from './payments/payment.service';
import { PackagePersonalData } from './packages/package.personal-data';
import { PaymentPersonalData } from './payments/payment.personal-data';

/** Packages of sessions, their ledger, and payments recorded by hand. */
@Module({
  imports: [CoachModule, TypeOrmModule.forFeature([PackageEntity, PackageMovementEntity, PaymentEntity])],
  controllers: [ClientPackageController, PackageController, ClientPaymentController, PaymentController],
  providers: [
    BookingCurrencies,
    CreditRepository,
    CreditSumsRepository,
    CreditService,
    PackageRepository,
    PackageRegister,
    PackageService,
    PackageCreationService,
    PackagePurchaseService,
    PackageAdjustmentService,
    PackageLifetimeRepository,
    PackageLifetimeService,
    PaymentRepository,
    PaymentPurposeService,
    PaymentService,
    PaymentRecordingService,
    PaymentExportService,
    ExpirePackagesJob,
    MarkLatePaymentsJob,
    PackagePersonalData,
    PaymentPersonalData,
    PaymentStanding,
    OpenSessionRepository,
    PaymentListener,
  ],
  exports: [BookingCurrencies, CreditService, PackageService, PaymentService],
})
export class PaymentModule {}
