/** The program's answers. Paths and shapes: /api/v1/openapi.yaml. */

/** An answer that is no answer: what the program says is wrong (RFC 9457). */
export class Problem extends Error {
  constructor(body) {
    super(body.detail ?? body.title ?? 'The program gave no reason.');
    this.title = body.title ?? 'It did not work';
    this.status = body.status ?? 0;
  }
}

/** Path of one connector; names may hold anything. */
export function connectorPath(tenant, connector) {
  return `connectors/${encodeURIComponent(tenant)}/${encodeURIComponent(connector)}`;
}

/** Address of a question; parameters that are null or empty are left out, lists are repeated. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && item !== '') {
        query.append(name, item);
      }
    }
  }
  const text = query.toString();
  return `/api/v1/${path}${text ? `?${text}` : ''}`;
}

/** Asks, and gives the JSON of the answer. */
export function get(path, parameters) {
  return answer(address(path, parameters), {cache: 'no-cache'});
}

/** What a reply text says; as a body, so that it stays out of logs. */
export function explain(text, lang) {
  return answer(address('explain', {lang}), {method: 'POST', headers: {'Content-Type': 'text/plain'}, body: text});
}

/** Exchanges a token for a cookie. */
export function openSession(token) {
  return answer(address('session'), {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({token}),
  });
}

async function answer(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new Problem({title: 'The program does not answer', detail: 'It may have been stopped. The page tries again by itself.'});
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem({status: response.status, ...body});
  }
  return body;
}
