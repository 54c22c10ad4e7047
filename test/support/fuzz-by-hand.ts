import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run fuzz -- --requests 20000 --seed 7 --route 'post /bookings'`: the long version of the test of that name; with
 * `--minutes 60` again and again with the next seed until they have gone by.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string' },
    route: { type: 'string', default: '' },
  },
});
const seed = values.seed ?? String(process.pid);
process.stdout.write(`fuzz: ${values.requests} requests, seed ${seed}\n`);
const { status } = spawnSync('npx', ['jest', 'test/fuzz', '--maxWorkers=1'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FUZZ_REQUESTS: values.requests,
    FUZZ_MINUTES: values.minutes,
    FUZZ_SEED: seed,
    FUZZ_ROUTE: values.route,
  },
});
process.exitCode = status ?? 1;
