import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { LocalPhotoStore } from './local-photo-store';
import { LocalVideoStore } from './local-video-store';
import { S3PhotoStore } from './s3-photo-store';
import { S3VideoStore } from './s3-video-store';
import { PhotoStore, VideoStore } from './storage';

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
  ],
  exports: [PhotoStore, VideoStore],
})
export class StorageModule {}
