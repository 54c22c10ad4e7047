import { Module } from '@nestjs/common';

/** Gym chains and clubs. */
@Module({})
export class GymModule {}
