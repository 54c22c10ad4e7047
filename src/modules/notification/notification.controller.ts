import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { pageOf } from 'src/common/paging/page';
import { ListNotificationsQuery } from './notification.dto';
import {
  NotificationPage,
  NotificationResponse,
  UnreadCountResponse,
  UpdatedCountResponse,
} from './notification.response';
import { NotificationService } from './notification.service';

@ApiTags('Notifications')
@Controller('notifications')
export class NotificationController {
  constructor(private readonly notifications: NotificationService) {}

  @Get()
  @Roles('client')
  @ApiOperation({ summary: 'What I was told, newest first' })
  async list(@CurrentUser() me: Principal, @Query() query: ListNotificationsQuery): Promise<NotificationPage> {
    return pageOf(await this.notifications.page(me, query), query, NotificationResponse.from);
  }

  @Get('unread-count')
  @Roles('client')
  @ApiOperation({ summary: 'How many I have not read' })
  async countUnread(@CurrentUser() me: Principal): Promise<UnreadCountResponse> {
    return UnreadCountResponse.from(await this.notifications.countUnread(me));
  }

  @Post('read-all')
  @Roles('client')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark all as read' })
  async markAllRead(@CurrentUser() me: Principal): Promise<UpdatedCountResponse> {
    return UpdatedCountResponse.from(await this.notifications.markAllRead(me));
  }

  @Post(':id/read')
  @Roles('client')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark one as read' })
  @Refuses({ 404: ['notification_not_found'] })
  async markRead(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<NotificationResponse> {
    return NotificationResponse.from(await this.notifications.markRead(me, id));
  }
}
