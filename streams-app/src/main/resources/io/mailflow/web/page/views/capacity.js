import {html, nothing} from '../lit.js';
import {address, get} from '../api.js';
import {chart} from '../charts.js';
import {number, percent, time} from '../format.js';
import {connectorLink, name as shownName, table, whenLoaded} from '../parts.js';

const DAY = 86_400_000;
const COMPARED = 6;

/** Delivery and failure rates over months, several connectors side by side. */
export function capacity({query}, redraw) {
  const asked = {
    size: query.get('size') === 'PT24H' ? 'PT24H' : 'PT1H',
    days: Number(query.get('days') ?? 7),
    tenant: query.get('tenant') ?? '',
    connector: query.getAll('connector'),
  };
  let answer = null;
  let choices = null;
  let names = [];
  let rates = null;
  let volumes = null;

  const parameters = () => ({
    size: asked.size,
    from: new Date(Date.now() - asked.days * DAY).toISOString(),
    to: new Date(Date.now() + DAY).toISOString(),
    tenant: asked.tenant,
    connector: asked.connector,
  });

  async function load() {
    const [rows, connectors] = await Promise.all([get('capacity', parameters()), choices ?? get('connectors', {limit: 30})]);
    answer = rows;
    choices = connectors;
    names = names.length > 0 ? names : [...new Set(connectors.items.map(item => item.connector))];
    const lines = series(rows.rows);
    rates = option(lines, row => row.failingShare, {type: 'value', min: 0, max: 1, axisLabel: {formatter: percent}}, percent);
    volumes = option(lines, row => row.delivered + row.failed, {type: 'value', minInterval: 1}, number);
  }

  /** Names that fit what is typed: there may be thousands. */
  async function suggest(text) {
    names = [...new Set((await get('connectors', {q: text, tenant: asked.tenant, limit: 30})).items.map(item => item.connector))];
    redraw();
  }

  function add(input) {
    if (names.includes(input.value) && !asked.connector.includes(input.value)) {
      choose({connector: [...asked.connector, input.value]});
      input.value = '';
    }
  }

  function choose(change) {
    Object.assign(asked, change);
    const query = new URLSearchParams({size: asked.size, days: asked.days, ...(asked.tenant ? {tenant: asked.tenant} : {})});
    asked.connector.forEach(each => query.append('connector', each));
    history.replaceState(null, '', `#/capacity?${query}`);
    load().then(redraw, redraw);
  }

  function template() {
    return html`
      <h1>Capacity</h1>
      <form class="filters card" @submit=${event => event.preventDefault()}>
        <label>By <select name="size" @change=${event => choose({size: event.target.value})}>
          <option value="PT1H" ?selected=${asked.size === 'PT1H'}>hour</option>
          <option value="PT24H" ?selected=${asked.size === 'PT24H'}>day</option>
        </select></label>
        <label>Period <select name="days" @change=${event => choose({days: Number(event.target.value)})}>
          ${[2, 7, 30, 90, 365].map(days => html`<option value=${days} ?selected=${days === asked.days}>${days} days</option>`)}
        </select></label>
        <label>Organisation <select name="tenant" @change=${event => choose({tenant: event.target.value, connector: []})}>
          <option value="">all</option>
          ${choices.tenants.map(tenant => html`<option value=${tenant} ?selected=${tenant === asked.tenant}>${tenant}</option>`)}
        </select></label>
        <label>Compare <input type="search" name="connector" list="connector-names" placeholder="Add a connector" autocomplete="off"
          @input=${event => suggest(event.target.value)} @change=${event => add(event.target)}></label>
        <datalist id="connector-names">${names.map(each => html`<option value=${each}></option>`)}</datalist>
        <a class="button" download href=${address('capacity', {...parameters(), by: 'code', format: 'csv'})}>Download CSV</a>
        ${asked.connector.length === 0 ? nothing : html`
          <ul class="compared" aria-label="Compared connectors">${asked.connector.map(each => html`
            <li class="chip">${shownName(each)} <button type="button" class="quiet" aria-label="Remove ${each}"
              @click=${() => choose({connector: asked.connector.filter(other => other !== each)})}>×</button></li>`)}</ul>`}
      </form>
      ${answer.rows.length === 0 ? html`<p class="notice">Nothing was attempted in this period.</p>` : html`
        <section class="card"><h2>Failing share <small>of attempts, UTC</small></h2>${chart('Failing share of attempts by connector', rates)}</section>
        <section class="card"><h2>Attempts <small>delivered and failed, UTC</small></h2>${chart('Attempts by connector', volumes)}</section>
        ${asked.connector.length === 0 && new Set(answer.rows.map(row => row.connector)).size > COMPARED
          ? html`<p class="muted">The charts show the ${COMPARED} connectors with most attempts; choose others above.</p>` : nothing}
        <section class="card"><h2>Totals</h2>${totals(answer.rows)}</section>`}`;
  }

  return {title: 'Capacity', load, template: () => whenLoaded(answer, template)};
}

function series(rows) {
  const lines = new Map();
  for (const row of rows) {
    const key = JSON.stringify([row.tenant, row.connector]);
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  const volume = line => line.reduce((total, row) => total + row.delivered + row.failed, 0);
  const shown = [...lines.values()].sort((a, b) => volume(b) - volume(a)).slice(0, COMPARED);
  const several = connector => shown.filter(([row]) => row.connector === connector).length > 1;
  return shown.map(line => [several(line[0].connector) ? `${line[0].connector} (${line[0].tenant})` : line[0].connector, line]);
}

function option(lines, value, yAxis, format) {
  return {
    grid: {left: 8, right: 24, top: 44, bottom: 44, containLabel: true},
    dataZoom: [{type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false}, {type: 'slider', bottom: 4, height: 24, showDetail: false}],
    xAxis: {type: 'time'},
    yAxis,
    tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: format},
    series: lines.map(([name, rows]) => ({name, type: 'line', symbol: 'circle', showSymbol: rows.length < 3, symbolSize: 5, data: rows.map(row => [row.start, value(row)])})),
  };
}

function totals(rows) {
  const sums = new Map();
  for (const row of rows) {
    const key = JSON.stringify([row.tenant, row.connector]);
    const sum = sums.get(key) ?? {delivered: 0, failed: 0, worst: row};
    sum.delivered += row.delivered;
    sum.failed += row.failed;
    sum.worst = (row.failingShare ?? 0) > (sum.worst.failingShare ?? 0) ? row : sum.worst;
    sums.set(key, sum);
  }
  return table('Totals of the period',
    [{name: 'Organisation'}, {name: 'Connector'}, {name: 'Delivered', number: true}, {name: 'Failed', number: true}, {name: 'Failing', number: true}, {name: 'Worst, UTC'}],
    [...sums.entries()].map(([key, sum]) => {
      const [tenant, connector] = JSON.parse(key);
      return [shownName(tenant), html`<a href=${connectorLink(tenant, connector)}>${shownName(connector)}</a>`, number(sum.delivered), number(sum.failed), percent(sum.failed / (sum.delivered + sum.failed)), html`<span>${percent(sum.worst.failingShare)} at <time datetime=${sum.worst.start}>${time(sum.worst.start)}</time></span>`];
    }));
}
