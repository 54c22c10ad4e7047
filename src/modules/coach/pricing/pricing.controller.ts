import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreatePricingDto, UpdatePricingDto } from './pricing.dto';
import { PricingResponse } from './pricing.response';
import { PricingService } from './pricing.service';

@ApiTags('Coach pricing')
@Controller('coaches/pricing')
export class PricingController {
  constructor(private readonly pricings: PricingService) {}

  @Post()
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Add a price' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CreatePricingDto): Promise<PricingResponse> {
    return PricingResponse.from(await this.pricings.create(me, dto));
  }

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own prices' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async list(@CurrentUser() me: Principal): Promise<PricingResponse[]> {
    return (await this.pricings.list(me)).map((pricing) => PricingResponse.from(pricing));
  }

  @Get(':id')
  @Roles('coach')
  @ApiOperation({ summary: 'One of the own prices' })
  @Refuses({ 404: ['coach_profile_not_found', 'pricing_not_found'] })
  async find(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<PricingResponse> {
    return PricingResponse.from(await this.pricings.find(me, id));
  }

  @Put(':id')
  @Roles('coach')
  @ApiOperation({ summary: 'Change a price; what was sold already stays as it is' })
  @Refuses({ 404: ['coach_profile_not_found', 'pricing_not_found'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdatePricingDto,
  ): Promise<PricingResponse> {
    return PricingResponse.from(await this.pricings.update(me, id, dto));
  }

  @Delete(':id')
  @Roles('coach')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a price' })
  @Refuses({ 404: ['coach_profile_not_found', 'pricing_not_found'] })
  async delete(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.pricings.delete(me, id);
  }
}
