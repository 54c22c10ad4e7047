import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { PackageAdjustmentService } from './package-adjustment.service';
import { PackageCreationService } from './package-creation.service';
import { AdjustPackageDto, CreatePackageDto, ListClientPackagesQuery } from './package.dto';
import { PackagePage, PackageResponse } from './package.response';
import { PackageService } from './package.service';

@ApiTags('Packages')
@Controller('coaches/clients/:id/packages')
@Roles('coach')
export class ClientPackageController {
  constructor(
    private readonly packages: PackageService,
    private readonly creations: PackageCreationService,
    private readonly adjustments: PackageAdjustmentService,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make a package for a client, at one of the own prices or at other terms' })
  @Refuses({ 404: ['client_not_found', 'pricing_not_found'], 422: ['not_a_package'] })
  async create(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: CreatePackageDto,
  ): Promise<PackageResponse> {
    return PackageResponse.from(await this.creations.create(me, id, dto));
  }

  @Get()
  @ApiOperation({ summary: 'Packages of a client, newest first' })
  @Refuses({ 404: ['client_not_found'] })
  async list(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ListClientPackagesQuery,
  ): Promise<PackagePage> {
    return pageOf(await this.packages.ofClient(me, id, query), query, (pack) => PackageResponse.from(pack));
  }

  @Post(':package_id/adjust')
  @HttpCode(HttpStatus.OK)
  @Idempotent()
  @ApiOperation({ summary: 'Correct the sessions of a package; what bookings hold cannot be taken away' })
  @Refuses({ 404: ['client_not_found', 'package_not_found'], 422: ['invalid_transition'] })
  async adjust(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Param('package_id', IdPipe) packageId: string,
    @Body() dto: AdjustPackageDto,
  ): Promise<PackageResponse> {
    return PackageResponse.from(await this.adjustments.adjust(me, id, packageId, dto));
  }
}
