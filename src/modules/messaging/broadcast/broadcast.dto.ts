import { Check, Choice, Day, Id, Nullable, RequiredWhen } from 'src/common/http/fields';
import { IdList } from 'src/common/http/list-fields';
import { OwnMessage } from 'src/modules/messaging/templates/message.fields';
import { AUDIENCES, type AudienceScope } from './broadcast.rules';

const MAX_NAMED = 200;

function isFor(scope: AudienceScope): (whole: object) => boolean {
  return (whole) => (whole as BroadcastDto).scope === scope;
}

export class BroadcastDto {
  /** all: everybody in an active relation. day: who has a session on that day. manual: those named. */
  @Choice(AUDIENCES)
  scope: AudienceScope;

  /** Required with `day`: a day of the coach's zone. */
  @RequiredWhen('day_required', isFor('day'))
  @Day()
  day?: string | null;

  /** Required with `manual`. Who is no client of the coach is left out. */
  @RequiredWhen('client_ids_required', isFor('manual'))
  @IdList(MAX_NAMED)
  client_ids?: string[] | null;

  /** One of the own templates. */
  @Nullable()
  @Id()
  template_id?: string | null;

  /** Own words, which go before a template; required without one. */
  @RequiredWhen('message_required', (whole) => !(whole as BroadcastDto).template_id)
  @OwnMessage()
  @Check('message_required', (text) => text !== '')
  custom_message?: string | null;
}
