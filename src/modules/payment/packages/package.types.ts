import type { PackageEntity } from 'src/modules/payment/entities/package.entity';

/** A package as it is read, with the name of its coach. */
export type Package = PackageEntity & { coachName: string };
