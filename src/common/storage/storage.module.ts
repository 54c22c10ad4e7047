import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { LocalPhotoStore } from './local-photo-store';
import { LocalReceiptStore } from './local-receipt-store';
import { LocalVideoStore } from './local-video-store';
import { S3PhotoStore } from './s3-photo-store';
import { S3ReceiptStore } from './s3-receipt-store';
import { S3VideoStore } from './s3-video-store';
import { PhotoStore, ReceiptStore, VideoStore } from './storage';

@Global()
@Module({
  providers: [
    {
      provide: PhotoStore,
      inject: [AppConfig],
      useFactory: ({ s3, dataDir }: AppConfig): PhotoStore =>
        s3 ? new S3PhotoStore(s3) : new LocalPhotoStore(join(dataDir, 'photos')),
    },
    {
      provide: VideoStore,
      inject: [AppConfig],
      useFactory: ({ s3, dataDir }: AppConfig): VideoStore =>
        s3 ? new S3VideoStore(s3) : new LocalVideoStore(join(dataDir, 'videos')),
    },
    {
      provide: ReceiptStore,
      inject: [AppConfig],
      useFactory: ({ s3, dataDir }: AppConfig): ReceiptStore =>
        s3 ? new S3ReceiptStore(s3) : new LocalReceiptStore(join(dataDir, 'erasures')),
    },
  ],
  exports: [PhotoStore, ReceiptStore, VideoStore],
})
export class StorageModule {}
