/** How the fuzzer is turned up by hand: `npm run fuzz -- --requests 20000 --seed 7`, which also prints its figures. */
const { FUZZ_REQUESTS, FUZZ_MINUTES, FUZZ_SEED, FUZZ_ROUTE } = process.env;

export const IS_BY_HAND = FUZZ_REQUESTS !== undefined;
export const SEED = Number(FUZZ_SEED ?? 20_260_302);
/** Requests that are thought out; what they are held against costs some more. */
export const REQUESTS = Number(FUZZ_REQUESTS ?? 1_600);
/** With it there are so many again and again, each time with the next seed, until so many minutes have gone by. */
export const MINUTES = Number(FUZZ_MINUTES ?? 0);
/** A part of `post /bookings`, to drive those routes only. */
export const ROUTE = FUZZ_ROUTE ?? '';
