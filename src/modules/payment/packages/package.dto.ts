import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { Cents, Currency } from 'src/common/http/domain-fields';
import { Check, Choice, Day, Id, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { MAX_SESSIONS } from 'src/modules/coach/coach.types';
import { PACKAGE_STATUSES, type PackageStatus } from 'src/modules/payment/credits/credit.types';
import { PAYMENT_METHODS, type PaymentMethod } from 'src/modules/payment/payments/payment.state';

/** Required, unless a price is named that it comes from. */
const RequiredWithoutPrice = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((whole: CreatePackageDto, value: unknown) => value !== undefined || whole.pricing_id === undefined),
    ApiProperty({ required: false, description: 'Required without `pricing_id`, which gives it otherwise' }),
  );

export class CreatePackageDto {
  /** One of the own prices, of a package: what is not given here is as there. */
  @Optional()
  @Id()
  pricing_id?: string;

  @RequiredWithoutPrice()
  @Text({ min: 2, max: 100 })
  name?: string;

  @RequiredWithoutPrice()
  @Whole(1, MAX_SESSIONS)
  sessions_total?: number;

  @RequiredWithoutPrice()
  @Cents()
  price_cents?: number;

  /** That of the price, else of the profile. */
  @Optional()
  @Currency()
  currency?: string;

  /** The last day, included, in the coach's zone; null = no limit. */
  @Nullable()
  @Day()
  valid_until?: string | null;

  @Optional()
  @Choice(['active', 'awaiting_payment'])
  status: 'active' | 'awaiting_payment' = 'active';
}

export class PurchaseDto {
  @Id()
  pricing_id: string;

  @Choice(PAYMENT_METHODS)
  payment_method: PaymentMethod;
}

export class AdjustPackageDto {
  @Whole(-MAX_SESSIONS, MAX_SESSIONS)
  @Check('invalid_value', (value) => value !== 0)
  @ApiProperty({ not: { enum: [0] } })
  sessions: number;

  @Text({ min: 1, max: 200, multiline: true })
  reason: string;
}

export class ListClientPackagesQuery extends PageQuery {
  @Optional()
  @Choice(PACKAGE_STATUSES)
  status?: PackageStatus;
}

export class ListOwnPackagesQuery extends ListClientPackagesQuery {
  @Optional()
  @Id()
  coach_id?: string;
}

export class ListOffersQuery extends PageQuery {
  /** Only those of this coach; otherwise of all coaches that the caller is active with. */
  @Optional()
  @Id()
  coach_id?: string;
}
