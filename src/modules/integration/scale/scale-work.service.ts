import { Injectable } from '@nestjs/common';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { unlessDisconnected } from 'src/modules/integration/integration.errors';
import { WithingsApi } from 'src/modules/integration/withings/withings-api';
import { WithingsNews } from 'src/modules/integration/withings/withings-news.service';
import { ScaleImportService } from './scale-import.service';

/** What the jobs of scales do. Running one twice changes nothing. */
@Injectable()
export class ScaleWorkService {
  constructor(
    private readonly imports: ScaleImportService,
    private readonly connections: ConnectionService,
    private readonly withings: WithingsApi,
    private readonly news: WithingsNews,
  ) {}

  async read(userId: string): Promise<void> {
    await unlessDisconnected(this.imports.importNew(userId, false));
  }

  /** Withings is to call when this scale has measured, at the address of now and at none of before. */
  async subscribe(userId: string): Promise<void> {
    const { callbackUrl, formerCallbackUrls } = this.news;
    if (callbackUrl === null) return;
    const asker = { isWaitedFor: false, reference: `${userId} news` };
    await unlessDisconnected(
      this.connections.withAccess(userId, 'withings', async (token) => {
        await this.withings.subscribe(token, callbackUrl, asker);
        for (const url of formerCallbackUrls) await this.withings.unsubscribe(token, url).catch(unlessItWasNone);
      }),
    );
  }
}

/** Most are called at one address only. */
function unlessItWasNone(error: unknown): void {
  if (!(error instanceof DeliveryFailure)) throw error;
}
