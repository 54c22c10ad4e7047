import { Global, Module } from '@nestjs/common';
import { Metrics } from 'src/common/metrics/metrics';
import { GuardedVideos } from 'src/common/outbound/guarded-videos';
import { ProviderGuard } from 'src/common/outbound/provider-guard';
import { VideoProvider } from 'src/common/outbound/videos';
import { AppConfig } from 'src/config/app-config';
import { HttpVideos } from './videos/http-videos';
import { NoVideos } from './videos/no-videos';

/** Longer than a file may take. */
const PATIENCE_MS = 50_000;

/** Who makes videos in production. Global, because the sandbox stands in its place elsewhere. */
@Global()
@Module({
  providers: [
    {
      provide: VideoProvider,
      inject: [AppConfig, Metrics],
      useFactory: ({ videos, appBaseUrl }: AppConfig, metrics: Metrics): VideoProvider =>
        videos
          ? new GuardedVideos(
              new HttpVideos(videos, `${appBaseUrl}/webhooks/videos`),
              new ProviderGuard('video', metrics, PATIENCE_MS),
            )
          : new NoVideos(),
    },
  ],
  exports: [VideoProvider],
})
export class VideoOutboundModule {}
