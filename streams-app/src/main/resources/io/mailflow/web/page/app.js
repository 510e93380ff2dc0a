import {html, nothing, render} from './lit.js';
import {openSession} from './api.js';
import * as live from './live.js';
import * as settings from './settings.js';
import {duration, word} from './format.js';
import {announce} from './parts.js';
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
const banner = document.getElementById('banner');
const main = document.getElementById('main');
let shown = null;
let route = null;
let loaded = false;
let problem = null;
let retry = 0;

/** What the states mean for whoever reads the page. */
const STATES = {
  starting: ['Starting', 'The program has not reached its topics yet.'],
  restoring: ['Restoring', 'The program is reading what its topics hold. The page shows it as soon as that is done.'],
  rebalancing: ['Rebalancing', 'The stream moves its partitions between instances; figures stand still until it is done.'],
  failed: ['Stopped', 'The program has stopped working; see its log and start it again.'],
  unreachable: ['No connection', 'The program does not answer. The page tries again by itself.'],
};

function open() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  route = ROUTES.find(candidate => candidate.pattern.test(path)) ?? ROUTES[0];
  const parts = (route.pattern.exec(path) ?? []).slice(1).map(decoded);
  shown?.close?.();
  problem = null;
  loaded = false;
  const view = route.view({parts, query: new URLSearchParams(query ?? '')}, draw);
  shown = view;
  draw();
  load();
  window.scrollTo(0, 0);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function load() {
  const view = shown;
  clearTimeout(retry);
  try {
    await view.load();
    if (view === shown) {
      problem = null;
      loaded = true;
    }
  } catch (failure) {
    if (view !== shown) {
      return;
    }
    problem = failure;
    if (waits(failure)) {
      retry = setTimeout(load, 2000);
    }
  }
  draw();
}

function draw() {
  document.title = shown.title ? `${shown.title} · Mail Flow Intelligence` : 'Mail Flow Intelligence';
  render(headerTemplate(), header);
  render(stateTemplate(), banner);
  render(problem && !(loaded && waits(problem)) ? problemTemplate(problem) : shown.template(), main);
}

/** What passes by itself: no connection, or a program that does not answer yet. */
const waits = failure => failure.status === 0 || failure.status === 503;

/** Over figures that are not current: why they are not, and how old they are. */
function stateTemplate() {
  const {state, reason} = live.heard();
  if (!STATES[state] || !loaded) {
    return nothing;
  }
  const [title, text] = STATES[state];
  return html`<p class="banner ${state}"><b>${title}.</b> ${text}${reason ? ` ${reason}.` : nothing}
    Figures are from ${duration(Date.now() - live.heardSince())} ago.</p>`;
}

function headerTemplate() {
  const current = route.menu ?? route.under;
  return html`
    <a class="brand" href="#/"><img src="icon.svg" alt="" width="26" height="26"> <span>Mail Flow Intelligence</span></a>
    <nav aria-label="Views">
      ${ROUTES.filter(item => item.menu).map(item => html`
        <a href=${item.menu} aria-current=${item.menu === current ? 'page' : nothing}>${item.name}</a>`)}
    </nav>
    <span class="state ${live.heard().state}" role="status" title=${live.heard().reason ?? nothing}>${stateText()}</span>
    <button type="button" class="quiet theme" @click=${turnTheme} title="Automatic, light or dark">
      <span class="visually-hidden">Theme: </span><span aria-hidden="true">◐</span> ${settings.theme()}
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
  return html`
    <section class="card narrow" role="alert">
      <h1>${failure.title ?? 'Something in this page went wrong'}</h1>
      <p>${failure.message}</p>
      ${waits(failure) ? html`<p class="waiting muted">Trying again…</p>` : html`<p><a href="#/">All connectors</a></p>`}
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
function say(changes) {
  const opened = changes.alerts.filter(item => ['opened', 'escalated'].includes(item.publication));
  if (opened.length > 0) {
    const first = opened[0];
    announce(opened.length === 1
      ? `${first.severity} alert ${first.publication}: ${first.connector}, ${first.title}`
      : `${opened.length} alerts opened or escalated`);
  }
}

live.listen(news => {
  if (news.changes) {
    say(news.changes);
    shown.changed?.(news.changes);
  } else if (news.state.state === 'running' && news.before.state !== 'running' && news.before.state !== 'connecting') {
    // What happened meanwhile was not told.
    load();
  }
  draw();
});
setInterval(() => {
  if (!document.hidden) {
    shown.tick?.();
    draw();
  }
}, 1000);
window.addEventListener('hashchange', () => {
  open();
  main.focus({preventScroll: true});
});
settings.applyTheme();
main.replaceChildren();
live.connect();
open();
