/** What changed, as the program tells it while the page is open (Server-Sent Events). */

const listeners = new Set();
let source = null;
let state = {state: 'connecting', reason: null};
let since = Date.now();

/** The program's state as last heard: one of the API's states, or "unreachable". */
export function heard() {
  return state;
}

/** When the state began, in milliseconds since 1970. */
export const heardSince = () => since;

/** Calls back with {changes} or {state, before}; gives a function that ends it. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begins to listen; the browser reconnects by itself. */
export function connect() {
  source?.close();
  source = new EventSource('/api/v1/events');
  source.addEventListener('changes', event => tell({changes: JSON.parse(event.data)}));
  source.addEventListener('state', event => {
    turn(JSON.parse(event.data));
  });
  source.addEventListener('error', () => {
    turn({state: 'unreachable', reason: null});
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, 5000);
    }
  });
}

function turn(now) {
  const before = state;
  if (now.state !== before.state) {
    since = Date.now();
  }
  state = now;
  tell({state, before});
}

function tell(news) {
  listeners.forEach(listener => listener(news));
}
