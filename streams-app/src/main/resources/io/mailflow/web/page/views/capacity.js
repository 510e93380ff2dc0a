import {html, nothing} from '../lit.js';
import {address, get} from '../api.js';
import {chart} from '../charts.js';
import {number, percent, time} from '../format.js';
import {table, whenLoaded} from '../parts.js';

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
    const [rows, connectors] = await Promise.all([get('capacity', parameters()), choices ?? get('connectors', {limit: 1000})]);
    answer = rows;
    choices = connectors;
    const lines = series(rows.rows);
    rates = option(lines, row => row.failingShare, {type: 'value', min: 0, max: 1, axisLabel: {formatter: percent}}, percent);
    volumes = option(lines, row => row.delivered + row.failed, {type: 'value', minInterval: 1}, number);
  }

  function choose(change) {
    Object.assign(asked, change);
    load().then(redraw, redraw);
  }

  function template() {
    const names = choices.items.filter(item => asked.tenant === '' || item.tenant === asked.tenant);
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
        <label>Compare <select name="connector" multiple size="4" @change=${event => choose({connector: [...event.target.selectedOptions].map(option => option.value)})}>
          ${names.map(item => html`<option value=${item.connector} ?selected=${asked.connector.includes(item.connector)}>${item.connector}</option>`)}
        </select></label>
        <a class="button" download href=${address('capacity', {...parameters(), by: 'code', format: 'csv'})}>Download CSV</a>
      </form>
      ${answer.rows.length === 0 ? html`<p class="notice">Nothing was attempted in this period.</p>` : html`
        <section class="card"><h2>Failing share</h2>${chart('Failing share of attempts by connector', rates)}</section>
        <section class="card"><h2>Attempts</h2>${chart('Attempts by connector', volumes)}</section>
        ${asked.connector.length === 0 && new Set(answer.rows.map(row => row.connector)).size > COMPARED
          ? html`<p class="muted">The charts show the ${COMPARED} connectors with most attempts; choose others above.</p>` : nothing}
        <section class="card"><h2>Totals</h2>${totals(answer.rows)}</section>`}`;
  }

  return {title: 'Capacity', load, template: () => whenLoaded(answer, template)};
}

function series(rows) {
  const lines = new Map();
  for (const row of rows) {
    const key = `${row.connector} (${row.tenant})`;
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  const volume = line => line.reduce((total, row) => total + row.delivered + row.failed, 0);
  return [...lines.entries()].sort((a, b) => volume(b[1]) - volume(a[1])).slice(0, COMPARED);
}

function option(lines, value, yAxis, format) {
  return {
    xAxis: {type: 'time'},
    yAxis,
    tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: format},
    series: lines.map(([name, rows]) => ({name, type: 'line', showSymbol: rows.length < 60, data: rows.map(row => [row.start, value(row)])})),
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
    [{name: 'Organisation'}, {name: 'Connector'}, {name: 'Delivered', number: true}, {name: 'Failed', number: true}, {name: 'Failing', number: true}, {name: 'Worst'}],
    [...sums.entries()].map(([key, sum]) => {
      const [tenant, connector] = JSON.parse(key);
      return [tenant, connector, number(sum.delivered), number(sum.failed), percent(sum.failed / (sum.delivered + sum.failed)), `${percent(sum.worst.failingShare)} at ${time(sum.worst.start)}`];
    }));
}
