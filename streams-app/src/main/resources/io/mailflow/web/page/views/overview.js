import {html, nothing} from '../lit.js';
import {get} from '../api.js';
import {age, countdown, number, percent, plural, time, urgency} from '../format.js';
import {alertLine, badge, connectorLink, sparkline, tile, whenLoaded} from '../parts.js';
import * as settings from '../settings.js';
import {VirtualList} from '../virtual-list.js';

const PAGE = 500;
const STATES = ['down', 'alerting', 'queued', 'clear', 'unseen'];

/** How long at least between two looks, in milliseconds: a long list is worth more patience. */
const calm = rows => (rows <= PAGE ? 1000 : 10_000);

/** Every connector by urgency, with the open alerts above. */
export function overview({query}, redraw) {
  const filters = {
    q: query.get('q') ?? '',
    tenant: query.get('tenant') ?? '',
    state: query.getAll('state'),
    code: query.get('code') ?? '',
  };
  let answer = null;
  let rows = [];
  let next = null;
  let open = [];
  let busy = false;
  let lookedAt = 0;
  let stale = false;
  const list = new VirtualList(redraw, last => {
    if (last > rows.length - PAGE / 2 && next !== null) {
      more();
    }
  });

  async function load() {
    lookedAt = Date.now();
    stale = false;
    const wanted = Math.max(PAGE, rows.length);
    const [first, alertPage] = await Promise.all([
      get('connectors', {...filters, limit: PAGE}),
      get('alerts', {tenant: filters.tenant, code: filters.code, limit: 50, lang: settings.language()}),
    ]);
    const fresh = first.items;
    let cursor = first.next;
    while (cursor !== null && fresh.length < wanted) {
      const page = await get('connectors', {...filters, limit: PAGE, cursor});
      fresh.push(...page.items);
      cursor = page.next;
    }
    answer = first;
    rows = fresh;
    next = cursor;
    open = alertPage.items;
  }

  async function more() {
    if (busy) {
      return;
    }
    busy = true;
    try {
      const page = await get('connectors', {...filters, limit: PAGE, cursor: next});
      rows.push(...page.items);
      next = page.next;
      redraw();
    } finally {
      busy = false;
    }
  }

  async function refresh() {
    if (busy || !stale || Date.now() - lookedAt < calm(rows.length)) {
      return;
    }
    busy = true;
    try {
      await load();
      redraw();
    } catch {
      stale = true;
    } finally {
      busy = false;
    }
  }

  function filter(change) {
    Object.assign(filters, change);
    const text = new URLSearchParams(Object.entries(filters).flatMap(([name, value]) =>
      [].concat(value).filter(Boolean).map(item => [name, item]))).toString();
    history.replaceState(null, '', text ? `#/?${text}` : '#/');
    rows = [];
    load().then(redraw, () => redraw());
  }

  function filterForm() {
    return html`
      <form class="filters" role="search" @submit=${event => event.preventDefault()}>
        <input type="search" name="q" placeholder="Connector or organisation" aria-label="Connector or organisation"
          .value=${filters.q} @input=${event => filter({q: event.target.value})}>
        <select aria-label="Organisation" name="tenant" @change=${event => filter({tenant: event.target.value})}>
          <option value="">All organisations</option>
          ${answer.tenants.map(tenant => html`<option value=${tenant} ?selected=${tenant === filters.tenant}>${tenant}</option>`)}
        </select>
        <input type="search" name="code" size="12" placeholder="450 4.4.316" aria-label="Error code"
          .value=${filters.code} @change=${event => filter({code: event.target.value.trim()})}>
        <fieldset class="states">
          <legend class="visually-hidden">State</legend>
          ${STATES.map(state => html`
            <label class="toggle"><input type="checkbox" .checked=${filters.state.includes(state)} @change=${event => filter({
              state: event.target.checked ? [...filters.state, state] : filters.state.filter(other => other !== state),
            })}> ${badge(state)} <b>${number(answer.summary.byState[state])}</b></label>`)}
        </fieldset>
      </form>`;
  }

  function row(index) {
    const item = rows[index];
    if (!item) {
      return html`<div class="row placeholder" role="row" aria-rowindex=${index + 2}><span role="cell">Loading…</span></div>`;
    }
    return html`
      <a class="row ${item.severity ?? ''}" role="row" aria-rowindex=${index + 2} href=${connectorLink(item.tenant, item.connector)}>
        <span role="cell" class="c-state">${badge(item.severity ?? item.state)}</span>
        <span role="cell" class="c-name"><b>${item.connector}</b> <span class="muted">${item.tenant}</span></span>
        <span role="cell" class="c-codes">${item.codes.slice(0, 2).map(code => html`<code>${code}</code>`)}</span>
        <span role="cell" class="c-share number" data-label="failing">${percent(item.lastHour.failingShare)}</span>
        <span role="cell" class="c-queued number" data-label="queued">${number(item.queue.recipients)}</span>
        <span role="cell" class="c-oldest number" data-label="oldest">${age(item.queue.oldestSince)}</span>
        <span role="cell" class="c-expiry number ${urgency(item.queue.nextDeadline)}" data-label="next expiry">${countdown(item.queue.nextDeadline)}</span>
        <span role="cell" class="c-trend">${sparkline(item.trend)}</span>
      </a>`;
  }

  return {
    title: 'Connectors',
    load,
    close: () => list.close(),
    changed() {
      stale = true;
      refresh();
    },
    tick: refresh,
    template: () => whenLoaded(answer, () => html`
      <h1 class="visually-hidden">Connectors</h1>
      <dl class="tiles">
        ${tile('down', number(answer.summary.byState.down), answer.summary.byState.down > 0 ? 'bad' : '')}
        ${tile('open alerts', number(answer.summary.openAlerts), answer.summary.openAlerts > 0 ? 'bad' : '')}
        ${tile('recipients queued', number(answer.summary.queuedRecipients))}
        ${tile('next expiry', countdown(answer.summary.nextDeadline), urgency(answer.summary.nextDeadline))}
        ${tile('connectors', number(answer.summary.connectors))}
        ${tile('mail seen up to', html`${time(answer.asOf)} <small>UTC</small>`)}
      </dl>
      ${open.length === 0 ? nothing : html`
        <section class="card" aria-labelledby="open-alerts">
          <h2 id="open-alerts">${plural(open.length, 'open alert')}</h2>
          <ul class="alert-lines">${open.slice(0, 8).map(alertLine)}</ul>
          ${open.length > 8 ? html`<p><a href="#/alerts">All open alerts</a></p>` : nothing}
        </section>`}
      ${filterForm()}
      <div class="grid" role="table" aria-label="Connectors by urgency" aria-rowcount=${answer.summary.connectors + 1}>
        <div role="rowgroup">
          <div class="row head" role="row" aria-rowindex="1">
            ${['State', 'Connector', 'Errors', 'Failing', 'Queued', 'Oldest', 'Next expiry', 'Last two hours'].map(name => html`<span role="columnheader">${name}</span>`)}
          </div>
        </div>
        ${list.template(answer.summary.connectors, row)}
      </div>
      ${answer.summary.connectors === 0 ? html`<p class="notice">No connector matches. ${Object.values(filters).flat().some(Boolean) ? 'Loosen the filters.' : 'Nothing was read yet.'}</p>` : nothing}`),
  };
}
