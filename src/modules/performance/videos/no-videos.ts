import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { VideoProvider } from 'src/common/outbound/videos';

/** Production without a provider: nothing is asked for, and what was asked before waits until its time is over. */
export class NoVideos extends VideoProvider {
  readonly isConfigured = false;

  async start(): Promise<never> {
    throw new DeliveryFailure('not_configured', false);
  }

  async poll(): Promise<never> {
    throw new DeliveryFailure('not_configured', false);
  }

  async fetch(): Promise<never> {
    throw new DeliveryFailure('not_configured', false);
  }
}
