import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { type Page, PageQuery, pageOf } from 'src/common/paging/page';
import { reasonIn, RejectCertificationDto } from './certification.dto';
import {
  CertificationResponse,
  PendingCertificationPage,
  PendingCertificationResponse,
} from './certification.response';
import { CertificationReviewService } from './certification-review.service';

@ApiTags('Administration')
@Controller('admin/certifications')
@Roles('admin')
export class CertificationReviewController {
  constructor(private readonly reviews: CertificationReviewService) {}

  @Get('pending')
  @ApiOperation({ summary: 'Certifications that await a review, oldest first' })
  @ApiOkResponse({ type: PendingCertificationPage })
  async pending(@Query() query: PageQuery): Promise<Page<PendingCertificationResponse>> {
    return pageOf(await this.reviews.pending(query), query, (row) => PendingCertificationResponse.of(row));
  }

  @Post(':id/validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Find a certification to be true' })
  @ApiOkResponse({ type: CertificationResponse })
  @Refuses({ 404: ['certification_not_found'], 422: ['already_validated'] })
  async validate(@Param('id', IdPipe) id: string): Promise<CertificationResponse> {
    return CertificationResponse.from(await this.reviews.validate(id));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse a certification, with a reason for the coach' })
  @ApiOkResponse({ type: CertificationResponse })
  @Refuses({ 404: ['certification_not_found'], 422: ['already_validated'] })
  async reject(@Param('id', IdPipe) id: string, @Body() dto: RejectCertificationDto): Promise<CertificationResponse> {
    return CertificationResponse.from(await this.reviews.reject(id, reasonIn(dto)));
  }
}
