/** What every benchmark does: it calls the product, and takes the middle of what it measured. */

/** The answer to a request, which must be one of success. */
async function call(url, method, path, key, body) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(key && { 'x-api-key': key }), ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** The number below which that part of the numbers lies. */
const at = (part, numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * part)];

const median = (numbers) => at(0.5, numbers);

module.exports = { at, call, median };
