/** A steady stream of requests, sent by the clock whatever became of those before: what a caller waits, not what a load tool does. */
const { Agent, request } = require('node:http');
const { setTimeout: pause } = require('node:timers/promises');

/** Milliseconds that each answer took, from when its request was due. */
async function paced(url, { headers, perSecond, seconds, connections = 20 }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = (due) =>
    new Promise((resolve, reject) => {
      request(url, { agent, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`));
        answer.resume().once('end', () => resolve(performance.now() - due));
      })
        .once('error', reject)
        .end();
    });
  const answers = [];
  const since = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = since + (n * 1_000) / perSecond;
    if (due > performance.now() + 1) await pause(due - performance.now());
    answers.push(ask(due));
  }
  const times = await Promise.all(answers);
  agent.destroy();
  return times;
}

module.exports = { paced };
