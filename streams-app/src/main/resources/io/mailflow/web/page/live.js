/** What changed, as the program tells it while the page is open (Server-Sent Events). */

const listeners = new Set();
let source = null;
let state = {state: 'starting', reason: null};

/** The program's state as last heard: one of the API's states, or "unreachable". */
export function heard() {
  return state;
}

/** Calls back with {changes} or {state}; gives a function that ends it. */
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
    state = JSON.parse(event.data);
    tell({state});
  });
  source.addEventListener('error', () => {
    state = {state: 'unreachable', reason: null};
    tell({state});
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, 5000);
    }
  });
}

function tell(news) {
  listeners.forEach(listener => listener(news));
}
