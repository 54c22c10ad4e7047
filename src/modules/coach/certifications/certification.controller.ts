import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreateCertificationDto, UpdateCertificationDto } from './certification.dto';
import { CertificationResponse } from './certification.response';
import { CertificationService } from './certification.service';

@ApiTags('Coach profile')
@Controller('coaches/profile/certifications')
export class CertificationController {
  constructor(private readonly certifications: CertificationService) {}

  @Post()
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Add a certification, for an admin to verify' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateCertificationDto): Promise<CertificationResponse> {
    return CertificationResponse.from(await this.certifications.create(me, dto));
  }

  @Put(':id')
  @Roles('coach')
  @ApiOperation({ summary: 'Change a certification; it awaits its review again' })
  @Refuses({ 404: ['coach_profile_not_found', 'certification_not_found'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdateCertificationDto,
  ): Promise<CertificationResponse> {
    return CertificationResponse.from(await this.certifications.update(me, id, dto));
  }

  @Delete(':id')
  @Roles('coach')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a certification' })
  @Refuses({ 404: ['coach_profile_not_found', 'certification_not_found'] })
  async delete(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.certifications.delete(me, id);
  }
}
