import { Flag, Id, Nullable, Optional } from 'src/common/http/fields';
import { IdList } from 'src/common/http/list-fields';
import { OwnMessage } from 'src/modules/messaging/templates/message.fields';

const MAX_BOOKINGS = 100;

export class BulkCancelDto {
  /** Own bookings; those that are over, begun or ended already are left as they are. */
  @IdList(MAX_BOOKINGS)
  booking_ids: string[];

  /** One of the own templates. */
  @Nullable()
  @Id()
  template_id?: string | null;

  /** Own words, which go before a template. Without either nobody gets an SMS. */
  @Nullable()
  @OwnMessage()
  custom_message?: string | null;

  @Optional()
  @Flag()
  send_sms: boolean = true;

  /** Be away during these sessions, so that nobody is offered their places. */
  @Optional()
  @Flag()
  block_slots: boolean = false;
}
