import { Module } from '@nestjs/common';

/** Packages of sessions, their ledger, and payments recorded by hand. */
@Module({})
export class PaymentModule {}
