import { plainHash } from 'src/common/crypto/keyed-hash';
import { recordOf } from 'src/common/json/record';

/** What Withings calls about: news of somebody's weight. */
export interface WeightNews {
  /** The person's id there. */
  externalId: string;
  /** The same for every call about one thing; it is kept longer than the connection, and says nothing of the person. */
  eventId: string;
}

const WEIGHT = '1';
const NUMBER = /^\d{1,20}$/;

/** Null: nothing that we want to know. @param form the fields of the call, whatever they are */
export function weightNewsOf(form: unknown): WeightNews | null {
  const { userid, appli, startdate = '', enddate = '' } = recordOf(form);
  const fields = [userid, startdate, enddate];
  if (appli !== WEIGHT || typeof userid !== 'string' || !NUMBER.test(userid)) return null;
  if (!fields.every((field) => field === '' || (typeof field === 'string' && NUMBER.test(field)))) return null;
  return { externalId: userid, eventId: plainHash(fields.join(' ')) };
}
