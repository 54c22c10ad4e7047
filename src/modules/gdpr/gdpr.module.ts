import { Module } from '@nestjs/common';
import { AuthModule } from 'src/modules/auth/auth.module';
import { ConsentModule } from './consents/consent.module';
import { ErasureModule } from './erasure/erasure.module';
import { ExportController } from './export/export.controller';
import { ExportService } from './export/export.service';

/** What people may ask of the product about themselves: their data, its erasure, what they agreed to. */
@Module({
  imports: [ErasureModule, AuthModule, ConsentModule],
  controllers: [ExportController],
  providers: [ExportService],
})
export class GdprModule {}
