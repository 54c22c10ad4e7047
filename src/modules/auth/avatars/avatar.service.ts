import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ServiceUnavailable } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { UserNotFound } from 'src/modules/auth/auth.errors';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { User } from 'src/modules/auth/entities/user.entity';
import { PhotoService } from './photo.service';
import { PictureMaker } from './picture-maker';
import { photoNameOf, photoUrlOf } from './picture.rules';

/** A person's own picture. */
@Injectable()
export class AvatarService {
  constructor(
    private readonly users: UserRepository,
    private readonly maker: PictureMaker,
    private readonly photos: PhotoService,
    private readonly completion: CompletionParts,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the picture, in the place of the earlier one. It is stored first and shown afterwards, so a store that is away
   * changes nothing.
   *
   * @throws UnsupportedMediaType, ImageTooSmall, FileTooLarge, ServiceUnavailable
   */
  async replace(me: Principal, bytes: Buffer): Promise<User> {
    const name = await this.photos.keep(await this.maker.make(bytes));
    return this.show(me.userId, name);
  }

  /** Nothing happens where there is none. */
  @Transactional()
  async remove(me: Principal): Promise<void> {
    const user = orThrow(await this.users.lock(me.userId), UserNotFound);
    if (user.photoUrl !== null) await this.change(user, null);
  }

  @Transactional()
  private async show(userId: string, name: string): Promise<User> {
    const user = orThrow(await this.users.lock(userId), UserNotFound);
    if (!(await this.photos.adopt(name))) throw new ServiceUnavailable();
    await this.change(user, photoUrlOf(name));
    return orThrow(await this.users.findById(userId), UserNotFound);
  }

  private async change(user: User, photoUrl: string | null): Promise<void> {
    await this.users.update(user.id, { photoUrl, updatedAt: this.clock.now() });
    await this.completion.recompute(user.id);
    const former = photoNameOf(user.photoUrl);
    if (former) await this.photos.discard(former);
  }
}
