import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { HOUR_MS } from 'src/common/clock/durations';
import { orThrow, RouteNotFound } from 'src/common/errors/domain.error';
import { JobQueue } from 'src/common/jobs/job-queue';
import { PhotoStore } from 'src/common/storage/storage';
import { isPhotoName, newPhotoName, PHOTO_TYPE } from './picture.rules';
import { StrayPhotoRepository } from './stray-photo.repository';

/** The job that takes a picture out of the store. */
export const REMOVE_PHOTO = 'remove_photo';

/** A picture that was stored and is still shown by nobody never will be: no request takes that long. */
export const STRAY_MS = HOUR_MS;

/**
 * The store of pictures, and which of them nobody shows. The store is outside the database, so a name is written down
 * before its picture is stored and crossed out in the transaction that shows it: whatever stops in between, somebody
 * finds the picture and takes it away.
 */
@Injectable()
export class PhotoService {
  constructor(
    private readonly store: PhotoStore,
    private readonly strays: StrayPhotoRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** The content of a picture. @throws RouteNotFound, ServiceUnavailable */
  async find(name: string): Promise<Buffer> {
    if (!isPhotoName(name)) throw new RouteNotFound();
    return orThrow(await this.store.get(name), RouteNotFound);
  }

  /** Stores a picture under a new name, which nobody shows yet. Outside any transaction. @throws ServiceUnavailable */
  async keep(bytes: Buffer): Promise<string> {
    const name = newPhotoName();
    await this.strays.add(name, this.clock.now());
    await this.store.put(name, bytes, PHOTO_TYPE);
    return name;
  }

  /** Somebody shows it now. False when it took so long that it may have been taken away. */
  async adopt(name: string): Promise<boolean> {
    return this.strays.adopt(name, new Date(this.clock.nowMs() - STRAY_MS));
  }

  /** Nobody shows it any more: it goes after the commit. */
  async discard(name: string): Promise<void> {
    await this.strays.add(name, this.clock.now());
    await this.queueRemoval(name);
  }

  /** Takes a picture out of the store, unless somebody shows it. For the job: a failure is thrown, and tried again. */
  async remove(name: string): Promise<void> {
    if (!(await this.strays.has(name))) return;
    await this.store.remove(name);
    await this.strays.forget(name);
  }

  /** Since when the oldest stray one is, or null when there is none. */
  async oldestStray(): Promise<Date | null> {
    return this.strays.oldest();
  }

  /**
   * Has those taken away that strayed until then: they were never shown, or their removal failed.
   *
   * @param before of them are passed over
   * @returns how many it found
   */
  async sweep(end: Date, limit: number, before: number): Promise<number> {
    const names = await this.strays.findUntil(end, limit, before);
    for (const name of names) await this.queueRemoval(name);
    return names.length;
  }

  /** One job for a picture: another one would find nothing to do. */
  private async queueRemoval(name: string): Promise<void> {
    await this.jobs.add(REMOVE_PHOTO, { name }, { key: `${REMOVE_PHOTO} ${name}` });
  }
}
