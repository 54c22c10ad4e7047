import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { LocalPhotoStore } from './local-photo-store';
import { S3PhotoStore } from './s3-photo-store';
import { PhotoStore } from './storage';

@Global()
@Module({
  providers: [
    {
      provide: PhotoStore,
      inject: [AppConfig],
      useFactory: ({ s3, dataDir }: AppConfig): PhotoStore =>
        s3 ? new S3PhotoStore(s3) : new LocalPhotoStore(join(dataDir, 'photos')),
    },
  ],
  exports: [PhotoStore],
})
export class StorageModule {}
