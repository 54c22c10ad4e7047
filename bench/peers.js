/** Whom the product is measured beside where they are installed. */
const { execFileSync } = require('node:child_process');

const FASTAPI = 'FastAPI + SQLAlchemy + asyncpg';
const PYTHON = process.env.BENCH_PYTHON ?? 'python3';
const PEER = 'import fastapi, sqlalchemy, asyncpg, uvicorn; assert sqlalchemy.__version__ >= "2"';
const VERSIONS = `import platform, fastapi, sqlalchemy, asyncpg, uvicorn
print(f"Python {platform.python_version()}, FastAPI {fastapi.__version__}, SQLAlchemy {sqlalchemy.__version__}, "
      f"asyncpg {asyncpg.__version__}, uvicorn {uvicorn.__version__}, one worker")`;
const NO_FASTAPI =
  'there is no Python with FastAPI, SQLAlchemy 2, asyncpg and uvicorn (bench/fastapi/requirements.txt; BENCH_PYTHON names it)';

function runs(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

const hasFastapi = () => runs(PYTHON, ['-c', PEER]) !== null;
const fastapiVersions = () => (hasFastapi() ? runs(PYTHON, ['-c', VERSIONS]) : null);

module.exports = { FASTAPI, NO_FASTAPI, PYTHON, fastapiVersions, hasFastapi, runs };
