import type { ClubDetails, ClubLine } from './gym-line.format';

/** A club of the directory that a line may mean: by its chain’s name for it, or by chain, name and postal code. */
export interface Candidate extends Required<ClubDetails> {
  id: string;
  externalId: string | null;
  validated: boolean;
}

/** A line with what the directory knows about it. */
export interface LocatedLine extends ClubLine {
  chainId: string | null;
  /** Its name without case and accents, as the database compares names. */
  foldedName: string;
  candidates: readonly Candidate[];
}

export type WrittenClub = Required<ClubDetails> & { chainId: string | null; externalId: string | null };

/** What has to be written for some lines. */
export interface ImportPlan {
  created: WrittenClub[];
  updated: (WrittenClub & { id: string })[];
  unchanged: number;
  repeated: number;
  /** The clubs that these lines meant. */
  seen: SeenClubs;
}

/** The clubs that lines of a file meant. */
export class SeenClubs {
  private readonly externalIds = new Set<string>();
  private readonly places = new Set<string>();
  /** Of lines that have no name of the chain. */
  private readonly namelessPlaces = new Set<string>();
  private readonly taken = new Set<string>();

  /** Whether a line meant the same club. The first one counts, so that a second import changes nothing. */
  has(line: LocatedLine): boolean {
    if (line.externalId === null) return this.places.has(placeOf(line));
    return this.externalIds.has(nameOf(line)) || this.namelessPlaces.has(placeOf(line));
  }

  isTaken({ id }: Candidate): boolean {
    return this.taken.has(id);
  }

  add(line: LocatedLine, club: Candidate | null): void {
    this.places.add(placeOf(line));
    if (line.externalId === null) this.namelessPlaces.add(placeOf(line));
    else this.externalIds.add(nameOf(line));
    if (!club) return;
    this.taken.add(club.id);
    // A line without a name of the chain may mean a club that has one: a later line that says it means the same club.
    if (club.externalId !== null) this.externalIds.add(nameOf({ ...line, externalId: club.externalId }));
  }

  addAll({ externalIds, places, namelessPlaces, taken }: SeenClubs): void {
    for (const name of externalIds) this.externalIds.add(name);
    for (const place of places) this.places.add(place);
    for (const place of namelessPlaces) this.namelessPlaces.add(place);
    for (const id of taken) this.taken.add(id);
  }
}

function nameOf({ chainId, externalId }: LocatedLine): string {
  return JSON.stringify([chainId, externalId]);
}

function placeOf({ chainId, foldedName, details }: LocatedLine): string {
  return JSON.stringify([chainId, foldedName, details.zipCode]);
}

/**
 * What the lines change, after those that came before (rules §19). A line with the chain’s name for its club means the
 * club of that name, else one at the same place that has no such name yet; a line without means the club at its place.
 */
export function planOf(lines: readonly LocatedLine[], before: SeenClubs): ImportPlan {
  const plan: ImportPlan = { created: [], updated: [], unchanged: 0, repeated: 0, seen: new SeenClubs() };
  const isTaken = (club: Candidate): boolean => before.isTaken(club) || plan.seen.isTaken(club);
  for (const line of lines) {
    if (before.has(line) || plan.seen.has(line)) {
      plan.repeated += 1;
      continue;
    }
    const club = meantBy(line, isTaken);
    plan.seen.add(line, club);
    if (!club) plan.created.push(written(line, null));
    else if (differs(line, club)) plan.updated.push({ ...written(line, club), id: club.id });
    else plan.unchanged += 1;
  }
  return plan;
}

function meantBy({ externalId, candidates }: LocatedLine, isTaken: (club: Candidate) => boolean): Candidate | null {
  const free = candidates.filter((club) => !isTaken(club));
  const nameless = free.find((club) => club.externalId === null);
  if (externalId === null) return nameless ?? free[0] ?? null;
  return free.find((club) => club.externalId === externalId) ?? nameless ?? null;
}

/** What the file does not say stays as it was. */
function written({ chainId, externalId, details }: LocatedLine, club: Candidate | null): WrittenClub {
  const known = club ?? { phone: null, email: null, websiteUrl: null, open24h: false, externalId: null };
  return {
    chainId,
    externalId: externalId ?? known.externalId,
    name: details.name,
    address: details.address,
    zipCode: details.zipCode,
    city: details.city,
    country: details.country,
    lat: details.lat,
    lng: details.lng,
    phone: details.phone === undefined ? known.phone : details.phone,
    email: details.email === undefined ? known.email : details.email,
    websiteUrl: details.websiteUrl === undefined ? known.websiteUrl : details.websiteUrl,
    open24h: details.open24h ?? known.open24h,
  };
}

function differs(line: LocatedLine, club: Candidate): boolean {
  if (!club.validated) return true;
  const { chainId: _chain, ...after } = written(line, club);
  return (Object.keys(after) as (keyof typeof after)[]).some((field) => after[field] !== club[field]);
}
