import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { type Page, PageQuery, pageOf } from 'src/common/paging/page';
import { GenerateVideoDto, RejectVideoDto } from './video.dto';
import { ExerciseVideoPage, ExerciseVideoResponse } from './video.response';
import { VideoRequestService } from './video-request.service';
import { VideoReviewService } from './video-review.service';

@ApiTags('Administration')
@Controller('admin/videos')
@Roles('admin')
export class VideoController {
  constructor(
    private readonly requests: VideoRequestService,
    private readonly reviews: VideoReviewService,
  ) {}

  @Post('generate/:exercise_id')
  @HttpCode(HttpStatus.ACCEPTED)
  @Idempotent()
  @ApiOperation({ summary: 'Have a video of an exercise made; one that is published is shown until then' })
  @ApiAcceptedResponse({ type: ExerciseVideoResponse })
  @Refuses({ 404: ['exercise_not_found'], 409: ['video_in_progress'], 503: ['video_provider_unavailable'] })
  async generate(
    @Param('exercise_id', IdPipe) exerciseId: string,
    @Body() dto: GenerateVideoDto,
  ): Promise<ExerciseVideoResponse> {
    return ExerciseVideoResponse.from(await this.requests.generate(exerciseId, dto));
  }

  @Get('pending')
  @ApiOperation({ summary: 'Videos that are being made or wait for a verdict, oldest first' })
  @ApiOkResponse({ type: ExerciseVideoPage })
  async pending(@Query() query: PageQuery): Promise<Page<ExerciseVideoResponse>> {
    return pageOf(await this.reviews.waiting(query), query, (video) => ExerciseVideoResponse.from(video));
  }

  @Post(':id/validate')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Show a video with its exercise' })
  @ApiOkResponse({ type: ExerciseVideoResponse })
  @Refuses({ 404: ['video_not_found'], 422: ['invalid_transition'] })
  async validate(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<ExerciseVideoResponse> {
    return ExerciseVideoResponse.from(await this.reviews.publish(me, id));
  }

  @Post(':id/reject')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Refuse a video' })
  @ApiOkResponse({ type: ExerciseVideoResponse })
  @Refuses({ 404: ['video_not_found'], 422: ['invalid_transition'] })
  async reject(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: RejectVideoDto,
  ): Promise<ExerciseVideoResponse> {
    return ExerciseVideoResponse.from(await this.reviews.reject(me, id, dto));
  }
}
