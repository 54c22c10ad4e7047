import { Global, Module } from '@nestjs/common';
import { WebhookInbox } from './webhook-inbox';
import { WebhookRefusal } from './webhook-refusal';
import { WebhookRetentionJob } from './webhook-retention.jobs';

@Global()
@Module({ providers: [WebhookInbox, WebhookRefusal, WebhookRetentionJob], exports: [WebhookInbox, WebhookRefusal] })
export class WebhooksModule {}
