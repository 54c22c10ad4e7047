import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { orThrow, RouteNotFound } from 'src/common/errors/domain.error';
import { PubliclyCached } from 'src/common/http/public-cache';
import { Refuses } from 'src/common/http/refuses';
import { PhotoService } from './photo.service';
import { PHOTO_TYPE } from './picture.rules';
import { SILHOUETTES } from './silhouettes';

const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 31_536_000;

@ApiTags('System')
@Controller('static')
@Public()
export class PictureController {
  constructor(private readonly photos: PhotoService) {}

  @Get('avatars/:file')
  @PubliclyCached('image/svg+xml', DAY_SECONDS)
  @ApiOperation({ summary: 'The picture of who has none' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Refuses({ 404: ['not_found'] })
  silhouette(@Param('file') file: string): string {
    return orThrow(SILHOUETTES.get(file), RouteNotFound);
  }

  @Get('photos/:file')
  @PubliclyCached(PHOTO_TYPE, YEAR_SECONDS, { immutable: true })
  @ApiOperation({ summary: 'The picture that a `photo_url` names' })
  @ApiProduces(PHOTO_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Refuses({ 404: ['not_found'] })
  async photo(@Param('file') file: string): Promise<StreamableFile> {
    return new StreamableFile(await this.photos.find(file), { type: PHOTO_TYPE, disposition: 'inline' });
  }
}
