import {html, nothing, render} from './lit.js';
import {openSession} from './api.js';
import * as live from './live.js';
import * as settings from './settings.js';
import {word} from './format.js';
import {alerts} from './views/alerts.js';
import {alert} from './views/alert.js';
import {capacity} from './views/capacity.js';
import {connector} from './views/connector.js';
import {explain} from './views/explain.js';
import {overview} from './views/overview.js';
import {pipeline} from './views/pipeline.js';

/**
 * A view is a function of (parameters, redraw) that gives {title, template, load, changed?, tick?, close?}: what it
 * shows, how it asks for it, and what it does when the program tells of changes or a second passes.
 */
const ROUTES = [
  {pattern: /^$/, name: 'Connectors', view: overview, menu: '#/'},
  {pattern: /^connectors\/([^/]+)\/([^/]+)$/, view: connector, under: '#/'},
  {pattern: /^alerts$/, name: 'Alerts', view: alerts, menu: '#/alerts'},
  {pattern: /^alerts\/([^/]+)$/, view: alert, under: '#/alerts'},
  {pattern: /^explain$/, name: 'Explain', view: explain, menu: '#/explain'},
  {pattern: /^capacity$/, name: 'Capacity', view: capacity, menu: '#/capacity'},
  {pattern: /^pipeline$/, name: 'Pipeline', view: pipeline, menu: '#/pipeline'},
];

const header = document.getElementById('header');
const main = document.getElementById('main');
let shown = null;
let route = null;
let problem = null;
let retry = 0;

function open() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  route = ROUTES.find(candidate => candidate.pattern.test(path)) ?? ROUTES[0];
  const parts = (route.pattern.exec(path) ?? []).slice(1).map(decodeURIComponent);
  shown?.close?.();
  problem = null;
  const view = route.view({parts, query: new URLSearchParams(query ?? '')}, draw);
  shown = view;
  draw();
  load();
  window.scrollTo(0, 0);
}

async function load() {
  const view = shown;
  clearTimeout(retry);
  try {
    await view.load();
    if (view === shown) {
      problem = null;
    }
  } catch (failure) {
    if (view !== shown) {
      return;
    }
    problem = failure;
    if (failure.status === 0 || failure.status === 503) {
      retry = setTimeout(load, 2000);
    }
  }
  draw();
}

function draw() {
  document.title = shown.title ? `${shown.title} · Mail Flow Intelligence` : 'Mail Flow Intelligence';
  render(headerTemplate(), header);
  render(problem ? problemTemplate(problem) : shown.template(), main);
}

function headerTemplate() {
  const current = route.menu ?? route.under;
  return html`
    <a class="brand" href="#/"><img src="icon.svg" alt="" width="26" height="26"> <span>Mail Flow Intelligence</span></a>
    <nav aria-label="Views">
      ${ROUTES.filter(item => item.menu).map(item => html`
        <a href=${item.menu} aria-current=${item.menu === current ? 'page' : nothing}>${item.name}</a>`)}
    </nav>
    <span class="state ${live.heard().state}" title=${live.heard().reason ?? ''}>${stateText()}</span>
    <button class="quiet" @click=${turnTheme} aria-label="Theme: ${settings.theme()}; change it" title="Theme: ${settings.theme()}">
      ${{auto: '◐', light: '☀', dark: '☾'}[settings.theme()]}
    </button>`;
}

function stateText() {
  const {state} = live.heard();
  return {running: 'live', unreachable: 'no connection'}[state] ?? word(state);
}

function problemTemplate(failure) {
  if (failure.status === 401 || failure.status === 403) {
    return html`
      <form class="card narrow" @submit=${signIn}>
        <h1>Token needed</h1>
        <p>${failure.message}</p>
        <label>Token <input type="password" name="token" autocomplete="current-password" required></label>
        <button>Sign in</button>
      </form>`;
  }
  const waits = failure.status === 0 || failure.status === 503;
  return html`
    <section class="card narrow" role="alert">
      <h1>${failure.title ?? 'Something in this page went wrong'}</h1>
      <p>${failure.message}</p>
      ${waits ? html`<p class="muted">Trying again…</p>` : html`<p><a href="#/">All connectors</a></p>`}
    </section>`;
}

async function signIn(event) {
  event.preventDefault();
  try {
    await openSession(new FormData(event.target).get('token'));
    live.connect();
    load();
  } catch (failure) {
    problem = failure;
    draw();
  }
}

function turnTheme() {
  settings.turnTheme();
  draw();
}

/** Says news aloud to screen readers. */
function announce(changes) {
  const opened = changes.alerts.filter(item => ['opened', 'escalated'].includes(item.publication));
  if (opened.length > 0) {
    const first = opened[0];
    document.getElementById('announcement').textContent = opened.length === 1
      ? `${first.severity} alert ${first.publication}: ${first.connector}, ${first.title}`
      : `${opened.length} alerts opened or escalated`;
  }
}

live.listen(news => {
  if (news.changes) {
    announce(news.changes);
    shown.changed?.(news.changes);
  } else if (news.state.state === 'running' && problem) {
    load();
  }
  draw();
});
setInterval(() => {
  if (!document.hidden && shown.tick) {
    draw();
  }
}, 1000);
window.addEventListener('hashchange', () => {
  open();
  main.focus();
});
settings.applyTheme();
live.connect();
open();
