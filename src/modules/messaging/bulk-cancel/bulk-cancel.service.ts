import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Settling } from 'src/common/transaction/settling';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingBulkCancellationService } from 'src/modules/booking/booking-bulk-cancellation.service';
import { ReachService } from 'src/modules/messaging/broadcast/reach.service';
import { SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { type ChosenMessage, MessageChoiceService } from 'src/modules/messaging/templates/message-choice.service';
import type { BulkCancelDto } from './bulk-cancel.dto';
import { type CancelledSession, firstOfEach } from './bulk-cancel.rules';

const NO_SMS = { sent: 0, failed: 0, pending: 0 };

/** What became of the sessions, and of the SMS that tell of it. */
export interface BulkCancellation {
  cancelled: number;
  sms: { sent: number; failed: number; pending: number };
  /** Names, whose session is first first. */
  failedClients: string[];
}

interface Told {
  batchId: string;
  /** Everybody who was to be told, by session: client id to name. */
  names: ReadonlyMap<string, string>;
  /** No SMS was written to them. */
  unreached: ReadonlySet<string>;
}

interface Done {
  cancelled: number;
  told: Told | null;
}

/** A coach cancels many sessions and tells their clients by SMS (rules §10). What becomes of the SMS undoes nothing. */
@Injectable()
export class BulkCancelService {
  constructor(
    private readonly bookings: BookingBulkCancellationService,
    private readonly messages: MessageChoiceService,
    private readonly reaches: ReachService,
    private readonly sms: SmsRegister,
  ) {}

  /**
   * The sessions are cancelled all together or not at all; the SMS leave after the commit, one to each client.
   *
   * @throws BookingNotOwned, TemplateNotFound
   */
  async cancel(me: Principal, dto: BulkCancelDto): Promise<Settling<BulkCancellation>> {
    const done = await this.cancelAndWrite(me, dto);
    const { told } = done;
    if (!told) return new Settling({ cancelled: done.cancelled, sms: NO_SMS, failedClients: [] }, null);
    const { batchId, names, unreached } = told;
    const state = (sent: number, pending: number, failedIds: readonly string[]): BulkCancellation => {
      const failed = new Set([...unreached, ...failedIds]);
      const failedClients = [...names].flatMap(([id, name]) => (failed.has(id) ? [name] : []));
      return { cancelled: done.cancelled, sms: { sent, pending, failed: failedClients.length }, failedClients };
    };
    const written = names.size - unreached.size;
    const later = async (): Promise<BulkCancellation> => {
      const { sent, pending, failedClientIds } = await this.sms.settled(batchId);
      return state(sent, pending, failedClientIds);
    };
    return new Settling(state(0, written, []), written > 0 ? later : null);
  }

  @Transactional()
  private async cancelAndWrite(me: Principal, dto: BulkCancelDto): Promise<Done> {
    const message = await this.messages.choose(me.userId, dto);
    const sessions = await this.bookings.cancel(me, dto.booking_ids, { blockSlots: dto.block_slots });
    const told = message && dto.send_sms ? await this.write(me, message, firstOfEach(sessions)) : null;
    return { cancelled: sessions.length, told };
  }

  /** @param sessions one for each client, by start */
  private async write(me: Principal, message: ChosenMessage, sessions: readonly CancelledSession[]): Promise<Told> {
    const addressees = sessions.map(({ clientId, scheduledAt }) => ({
      clientId,
      session: scheduledAt,
      mayBeTexted: true,
    }));
    const correspondence = await this.reaches.among(me, addressees);
    const drafts = this.reaches.drafts(message.body, correspondence, { isAboutSession: true });
    const batch = { id: randomUUID(), coachId: me.userId, templateId: message.templateId };
    const { beyondQuota, beyondNumber } = await this.sms.write(batch, drafts);
    const unwritten = correspondence.people.filter(({ reach }) => reach !== 'reachable');
    return {
      batchId: batch.id,
      names: new Map(sessions.map(({ clientId, clientName }) => [clientId, clientName])),
      unreached: new Set([...unwritten, ...beyondQuota, ...beyondNumber].map(({ clientId }) => clientId)),
    };
  }
}
