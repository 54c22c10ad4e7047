import { Module } from '@nestjs/common';
import { AuthorizationModule } from './authorizations/authorization.module';
import { CalendarModule } from './calendar/calendar.module';
import { ConnectionModule } from './connections/connection.module';
import { ScaleModule } from './scale/scale.module';
import { StravaModule } from './strava/strava.module';

/** Accounts of people at other providers. */
@Module({ imports: [AuthorizationModule, CalendarModule, ConnectionModule, ScaleModule, StravaModule] })
export class IntegrationModule {}
