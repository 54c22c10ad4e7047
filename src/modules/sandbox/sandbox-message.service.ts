import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { JobWorker } from 'src/common/jobs/job-worker';
import type { Rows } from 'src/common/paging/page';
import { type SandboxMessage, SandboxMessageRepository } from './sandbox-message.repository';
import type { ListSandboxMessagesQuery } from './sandbox.dto';
import { SandboxMessageNotFound } from './sandbox.errors';

/** Reads and empties the sandbox mailbox. */
@Injectable()
export class SandboxMessageService {
  constructor(
    private readonly messages: SandboxMessageRepository,
    private readonly worker: JobWorker,
  ) {}

  /** Newest first. What is due is sent before the mailbox is read, so that nobody has to wait and look again. */
  async page(query: ListSandboxMessagesQuery): Promise<Rows<SandboxMessage>> {
    await this.worker.settle();
    const { user_id: userId, email, phone, channel } = query;
    return this.messages.page({ userId, email, phone, channel }, query);
  }

  /**
   * A mail as its reader sees it.
   *
   * @throws SandboxMessageNotFound also for what is not a mail
   */
  async preview(id: string): Promise<string> {
    return orThrow(await this.messages.findHtml(id), SandboxMessageNotFound);
  }

  /** Empties the mailbox, of what is on its way too. */
  async deleteAll(): Promise<void> {
    await this.worker.settle();
    await this.messages.deleteAll();
  }
}
