/** How the test that kills workers is turned up by hand: `MESSAGES=10000 KILLS=25`, which also prints its figures. */
const { MESSAGES, KILLS } = process.env;

export const MESSAGE_COUNT = Number(MESSAGES ?? 600);
export const KILL_COUNT = Number(KILLS ?? 3);
export const IS_BY_HAND = MESSAGES !== undefined;
