import {html, nothing} from '../lit.js';
import {get} from '../api.js';
import {age, clock, countdown, day, number, percent, plural, urgency} from '../format.js';
import {alertLine, badge, connectorLink, name, sparkline, tile, whenLoaded} from '../parts.js';
import * as settings from '../settings.js';
import {VirtualList} from '../virtual-list.js';

const PAGE = 500;
const SHOWN_ALERTS = 8;
const STATES = ['down', 'alerting', 'queued', 'clear', 'unseen'];

/** How long at least between two looks, in milliseconds: a long list is worth more patience. */
const calm = rows => (rows <= PAGE ? 1000 : 10_000);

const identity = item => JSON.stringify([item.tenant, item.connector]);

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
  let open = null;
  let busy = false;
  let lookedAt = 0;
  let stale = false;
  let insight = 0;
  let typing = 0;
  const list = new VirtualList(redraw, last => {
    insight = last;
    if (last > rows.length - PAGE / 2 && next !== null) {
      more();
    }
  });

  async function load() {
    lookedAt = Date.now();
    stale = false;
    const asked = JSON.stringify(filters);
    // The rows down to those in sight are asked for anew; further ones may be older.
    const wanted = Math.min(rows.length, insight + PAGE / 2);
    const [first, alertPage] = await Promise.all([
      get('connectors', {...filters, limit: PAGE}),
      get('alerts', {tenant: filters.tenant, code: filters.code, limit: filters.q ? 1000 : 50, lang: settings.language()}),
    ]);
    const fresh = first.items;
    let cursor = first.next;
    while (cursor !== null && fresh.length < wanted) {
      const page = await get('connectors', {...filters, limit: PAGE, cursor});
      fresh.push(...page.items);
      cursor = page.next;
    }
    if (asked !== JSON.stringify(filters)) {
      return;
    }
    const older = cursor === null ? [] : rows.slice(fresh.length);
    answer = first;
    if (older.length > 0) {
      const seen = new Set(fresh.map(identity));
      rows = [...fresh, ...older.filter(item => !seen.has(identity(item)))];
    } else {
      rows = fresh;
      next = cursor;
    }
    open = alertPage;
  }

  async function more() {
    if (busy) {
      return;
    }
    busy = true;
    const asked = JSON.stringify(filters);
    try {
      const page = await get('connectors', {...filters, limit: PAGE, cursor: next});
      if (asked === JSON.stringify(filters)) {
        const seen = new Set(rows.map(identity));
        rows.push(...page.items.filter(item => !seen.has(identity(item))));
        next = page.next;
        redraw();
      }
    } catch {
      // The next look asks again.
      stale = true;
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
    next = null;
    window.clearTimeout(typing);
    typing = window.setTimeout(() => load().then(redraw, redraw), change.q === undefined ? 0 : 200);
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
      return html`<div class="row placeholder" role="row" data-index=${index} aria-rowindex=${index + 2}><span role="cell" class="muted">Loading…</span></div>`;
    }
    return html`
      <div class="row ${item.severity ?? ''}" role="row" data-index=${index} aria-rowindex=${index + 2}>
        <span role="cell" class="c-state">${badge(item.state, item.severity ?? item.state)}</span>
        <span role="cell" class="c-name" title="${item.connector} · ${item.tenant}"><a href=${connectorLink(item.tenant, item.connector)}>${name(item.connector)}</a>
          <span class="muted">${name(item.tenant)}</span></span>
        <span role="cell" class="c-codes">${item.codes.slice(0, 2).map(code => html`<code>${code}</code> `)}</span>
        <span role="cell" class="c-share number ${item.lastHour.failed > 0 && item.lastHour.delivered === 0 ? 'critical' : ''}" data-label="failing">${percent(item.lastHour.failingShare)}</span>
        <span role="cell" class="c-queued number" data-label="queued">${number(item.queue.recipients)}</span>
        <span role="cell" class="c-oldest number" data-label="oldest">${age(item.queue.oldestSince)}</span>
        <span role="cell" class="c-expiry number ${urgency(item.queue.nextDeadline)}" data-label="next expiry">${countdown(item.queue.nextDeadline)}</span>
        <span role="cell" class="c-trend">${sparkline(item.trend)}</span>
      </div>`;
  }

  const key = index => (rows[index] ? identity(rows[index]) : index);
  const filtered = () => Object.values(filters).flat().some(Boolean);

  /** Open alerts of what the filters let through, as far as the question cannot say it. */
  function matching() {
    const text = filters.q.toLowerCase();
    const states = filters.state.length === 0 || filters.state.some(state => state === 'down' || state === 'alerting');
    return states ? open.items.filter(alert => `${alert.connector}\n${alert.tenant}`.toLowerCase().includes(text)) : [];
  }

  function alertLines() {
    const shown = matching();
    const total = filters.q ? shown.length : open.total;
    if (shown.length === 0) {
      return filtered() ? nothing : html`<p class="card calm">${badge('clear')} No alert is open.</p>`;
    }
    return html`
      <section class="card" aria-labelledby="open-alerts">
        <h2 id="open-alerts">${plural(total, 'open alert')}</h2>
        <ul class="alert-lines">${shown.slice(0, SHOWN_ALERTS).map(alertLine)}</ul>
        ${total > SHOWN_ALERTS ? html`<p><a href="#/alerts">All open alerts</a></p>` : nothing}
      </section>`;
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
      <dl class="tiles large">
        ${tile('down', number(answer.summary.byState.down), answer.summary.byState.down > 0 ? 'bad' : '')}
        ${tile('open alerts', number(answer.summary.openAlerts), answer.summary.openAlerts > 0 ? 'bad' : '')}
        ${tile('recipients queued', number(answer.summary.queuedRecipients))}
        ${tile('next expiry', countdown(answer.summary.nextDeadline), urgency(answer.summary.nextDeadline))}
        ${tile('connectors', number(answer.summary.connectors))}
        ${tile(html`seen up to, <span class="whole">UTC ${day(answer.asOf)}</span>`, clock(answer.asOf))}
      </dl>
      ${alertLines()}
      ${filterForm()}
      <div class="grid" role="table" aria-label="Connectors by urgency" aria-rowcount=${answer.summary.connectors + 1}>
        <div role="rowgroup">
          <div class="row head" role="row" aria-rowindex="1">
            ${['State', 'Connector', 'Errors', 'Failing', 'Queued', 'Oldest', 'Next expiry', 'Last two hours'].map(name => html`<span role="columnheader">${name}</span>`)}
          </div>
        </div>
        ${list.template(next === null ? rows.length : answer.summary.connectors, row, key)}
      </div>
      ${answer.summary.connectors > 0 ? nothing : html`<p class="notice" role="status">${filtered()
        ? 'No connector matches. Loosen the filters.'
        : 'No connector yet. They appear with the first mail trace that is read.'}</p>`}`),
  };
}
