import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run nemesis -- --minutes 5 --seed 7`: the long version of `test/nemesis`. */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } } });
const seed = values.seed ?? String(process.pid);
process.stdout.write(`nemesis: ${values.minutes} minutes, seed ${seed}\n`);
const { status } = spawnSync('npx', ['jest', 'test/nemesis', '--maxWorkers=1'], {
  stdio: 'inherit',
  env: { ...process.env, NEMESIS_MINUTES: values.minutes, NEMESIS_SEED: seed },
});
process.exitCode = status ?? 1;
