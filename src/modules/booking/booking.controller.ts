import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf, PageQuery } from 'src/common/paging/page';
import { BookingAnswerService } from './booking-answer.service';
import { BookingCancellationService } from './booking-cancellation.service';
import { BookingCreationService } from './booking-creation.service';
import { CreateBookingDto, ListBookingsQuery, ReasonDto, RescheduleDto } from './booking.dto';
import { BookingMoveService } from './booking-move.service';
import {
  BookingPage,
  BookingResponse,
  BookingTransitionPage,
  BookingTransitionResponse,
  CancellationPreviewResponse,
} from './booking.response';
import { BookingService } from './booking.service';
import { SLOT_REFUSALS } from './slot-refusals';

@ApiTags('Bookings')
@Controller('bookings')
@Roles('client')
export class BookingController {
  constructor(
    private readonly bookings: BookingService,
    private readonly creations: BookingCreationService,
    private readonly moves: BookingMoveService,
    private readonly answers: BookingAnswerService,
    private readonly cancellations: BookingCancellationService,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Ask a coach for a seat, held until he answers; or, as the coach, give one to a client' })
  @Refuses(SLOT_REFUSALS, {
    402: ['no_credits_available'],
    404: ['package_not_found', 'pricing_not_found', 'gym_not_found', 'client_not_found'],
    422: [
      'package_expired',
      'discovery_not_offered',
      'discovery_already_used',
      'cannot_book_self',
      'too_many_pending',
      'coach_full',
    ],
  })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateBookingDto): Promise<BookingResponse> {
    return BookingResponse.from(await this.creations.create(me, dto));
  }

  @Get()
  @ApiOperation({ summary: 'Own bookings, as client or as coach' })
  async list(@CurrentUser() me: Principal, @Query() query: ListBookingsQuery): Promise<BookingPage> {
    return pageOf(await this.bookings.page(me, query), query, (booking) => BookingResponse.from(booking));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One booking, for its parties' })
  @Refuses({ 404: ['booking_not_found'] })
  async get(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<BookingResponse> {
    return BookingResponse.from(await this.bookings.get(me, id));
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'Every step of a booking, oldest first' })
  @Refuses({ 404: ['booking_not_found'] })
  async history(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<BookingTransitionPage> {
    return pageOf(await this.bookings.steps(me, id, query), query, (step) => BookingTransitionResponse.from(step));
  }

  @Get(':id/cancellation-preview')
  @ApiOperation({ summary: 'What cancelling would do now, for this caller' })
  @Refuses({ 404: ['booking_not_found'] })
  async preview(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<CancellationPreviewResponse> {
    return CancellationPreviewResponse.from(await this.cancellations.preview(me, id));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'The coach says yes' })
  @Refuses({
    403: ['forbidden'],
    404: ['booking_not_found'],
    409: ['slot_unavailable'],
    422: ['invalid_transition', 'coach_on_time_off', 'booking_expired'],
  })
  async confirm(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<BookingResponse> {
    return BookingResponse.from(await this.answers.confirm(me, id));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'The coach says no; the seat is free again' })
  @Refuses({ 403: ['forbidden'], 404: ['booking_not_found'], 422: ['invalid_transition', 'booking_expired'] })
  async reject(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: ReasonDto,
  ): Promise<BookingResponse> {
    return BookingResponse.from(await this.answers.reject(me, id, dto.reason ?? null));
  }

  @Post(':id/reschedule')
  @Idempotent()
  @ApiOperation({ summary: 'Move to another start: a new booking in the place of this one' })
  @Refuses(SLOT_REFUSALS, {
    404: ['booking_not_found'],
    422: ['invalid_transition', 'too_late_to_reschedule', 'package_expired'],
  })
  async reschedule(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: RescheduleDto,
  ): Promise<BookingResponse> {
    return BookingResponse.from(await this.moves.move(me, id, dto.scheduled_at, dto.reason ?? null));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Cancel, as client or as coach; the booking stays in its new status' })
  @Refuses({ 404: ['booking_not_found'], 422: ['invalid_transition'] })
  async cancel(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: ReasonDto,
  ): Promise<BookingResponse> {
    return BookingResponse.from(await this.cancellations.cancel(me, id, dto.reason ?? null));
  }
}
