import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf, PageQuery } from 'src/common/paging/page';
import { PackagePurchaseService } from './package-purchase.service';
import { ListOffersQuery, ListOwnPackagesQuery, PurchaseDto } from './package.dto';
import {
  PackageMovementPage,
  PackageMovementResponse,
  PackageOfferPage,
  PackageOfferResponse,
  PackagePage,
  PackageResponse,
  PurchaseResponse,
} from './package.response';
import { PackageService } from './package.service';

@ApiTags('Packages')
@Controller('packages')
@Roles('client')
export class PackageController {
  constructor(
    private readonly packages: PackageService,
    private readonly purchases: PackagePurchaseService,
  ) {}

  @Get('available')
  @ApiOperation({ summary: 'Packages that can be bought: of one coach, or of those that the caller is active with' })
  @Refuses({ 404: ['coach_not_found'] })
  async available(@CurrentUser() me: Principal, @Query() query: ListOffersQuery): Promise<PackageOfferPage> {
    return pageOf(await this.packages.available(me, query), query, (offer) => PackageOfferResponse.from(offer));
  }

  @Get('me')
  @ApiOperation({ summary: 'What the caller has bought, newest first' })
  async own(@CurrentUser() me: Principal, @Query() query: ListOwnPackagesQuery): Promise<PackagePage> {
    return pageOf(await this.packages.own(me, query), query, (pack) => PackageResponse.from(pack));
  }

  @Post('purchase')
  @Idempotent()
  @ApiOperation({ summary: 'Buy a package; it can be booked with once the coach has recorded the payment' })
  @Refuses({ 404: ['pricing_not_found'], 422: ['not_a_package', 'cannot_book_self'] })
  async purchase(@CurrentUser() me: Principal, @Body() dto: PurchaseDto): Promise<PurchaseResponse> {
    return PurchaseResponse.from(await this.purchases.purchase(me, dto));
  }

  @Get(':id/movements')
  @ApiOperation({ summary: 'The ledger of a package, latest first, for its client and its coach' })
  @Refuses({ 404: ['package_not_found'] })
  async movements(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<PackageMovementPage> {
    return pageOf(await this.packages.movements(me, id, query), query, (movement) =>
      PackageMovementResponse.from(movement),
    );
  }
}
