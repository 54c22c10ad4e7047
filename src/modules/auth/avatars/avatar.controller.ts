import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { orThrow, RouteNotFound } from 'src/common/errors/domain.error';
import { SILHOUETTES } from './silhouettes';

@ApiTags('System')
@Controller('static/avatars')
export class AvatarController {
  @Get(':file')
  @Public()
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'public, max-age=86400')
  @ApiOperation({ summary: 'The picture of who has none' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  find(@Param('file') file: string): string {
    return orThrow(SILHOUETTES.get(file), RouteNotFound);
  }
}
