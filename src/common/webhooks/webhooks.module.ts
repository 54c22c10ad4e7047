import { Global, Module } from '@nestjs/common';
import { WebhookInbox } from './webhook-inbox';
import { WebhookRetention } from './webhook-retention';

@Global()
@Module({ providers: [WebhookInbox, WebhookRetention], exports: [WebhookInbox] })
export class WebhooksModule {}
