/** Loaded into a process with --require: tells its parent where it listens, and on request which files it has read. */
const { Server } = require('node:net');

const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  this.once('listening', () => process.send?.({ port: this.address()?.port }));
  return listen.apply(this, args);
};
process.on('message', () => process.send?.({ files: Object.keys(require.cache) }));
// It must not keep alive a process that has nothing left to do.
process.channel?.unref();
