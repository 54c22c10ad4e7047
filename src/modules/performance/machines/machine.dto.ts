import { applyDecorators } from '@nestjs/common';
import { HttpsUrl } from 'src/common/http/domain-fields';
import { Choice, Nullable, Optional, Text } from 'src/common/http/fields';
import { IdList, Ids } from 'src/common/http/list-fields';
import { MACHINE_TYPES, type MachineType, MAX_QR_CODE } from './machine.types';

const MOST_EXERCISES = 50;
const MOST_LABELS = 60;

const Kind = (): PropertyDecorator => Choice(MACHINE_TYPES, 'invalid_machine_type');
const Label = (): PropertyDecorator => applyDecorators(Nullable(), Text({ max: 100 }));
const QrCode = (): PropertyDecorator => applyDecorators(Nullable(), Text({ max: MAX_QR_CODE }));
const Exercises = (): PropertyDecorator => applyDecorators(Optional(), IdList(MOST_EXERCISES));

export class SubmitMachineDto {
  @Kind()
  type_key: MachineType;

  @Label()
  brand?: string | null;

  @Label()
  model?: string | null;

  /** Where a picture of it can be seen. */
  @Nullable()
  @HttpsUrl(500)
  photo_url?: string | null;

  /** What the QR code on it says, or a hash of that. */
  @QrCode()
  qr_code_hash?: string | null;

  /** What can be done on it. */
  @Exercises()
  exercise_type_ids?: string[];
}

/** What an admin corrects while accepting a machine. What is absent stays. */
export class ValidateMachineDto {
  @Optional()
  @Kind()
  type_key?: MachineType;

  @Label()
  brand?: string | null;

  @Label()
  model?: string | null;

  /** Null: the machine gets a code made for it. */
  @QrCode()
  qr_code_hash?: string | null;

  @Exercises()
  exercise_type_ids?: string[];
}

export class RejectMachineDto {
  /** Told to the contributor. */
  @Nullable()
  @Text({ max: 500, multiline: true })
  reason?: string | null;
}

export class LabelSheetQuery {
  /** Machines, one label each. */
  @Ids(MOST_LABELS)
  id: string[];
}
