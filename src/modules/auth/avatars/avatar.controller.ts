import { Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { MEBIBYTE, SentFile, TakesFile, type Upload } from 'src/common/http/upload';
import { UserResponse } from 'src/modules/auth/user.response';
import { AvatarService } from './avatar.service';

@ApiTags('Users')
@Controller('users/me/avatar')
@Roles('client')
export class AvatarController {
  constructor(private readonly avatars: AvatarService) {}

  @Post()
  @HttpCode(200)
  @TakesFile({ maxBytes: 5 * MEBIBYTE, description: 'JPEG, PNG or WebP, at least 200 × 200' })
  @ApiOperation({ summary: 'Show a picture, in the place of the earlier one' })
  @ApiOkResponse({ type: UserResponse })
  @Refuses({ 413: ['file_too_large'], 415: ['unsupported_media_type'], 422: ['image_too_small'] })
  async replace(@CurrentUser() me: Principal, @SentFile() file: Upload): Promise<UserResponse> {
    return UserResponse.from(await this.avatars.replace(me, file.bytes));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Show no picture' })
  @ApiNoContentResponse()
  async remove(@CurrentUser() me: Principal): Promise<void> {
    await this.avatars.remove(me);
  }
}
