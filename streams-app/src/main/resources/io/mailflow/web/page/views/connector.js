import {html, nothing} from '../lit.js';
import {connectorPath, get} from '../api.js';
import {chart, stackedBars} from '../charts.js';
import {age, countdown, number, percent, time, urgency, word} from '../format.js';
import {badge, fact, remedy, table, tile, whenLoaded} from '../parts.js';
import * as settings from '../settings.js';

const PERIODS = [
  {name: '6 hours', size: 'PT5M', hours: 6},
  {name: '2 days', size: 'PT1H', hours: 48},
  {name: '7 days', size: 'PT1H', hours: 168},
  {name: '90 days', size: 'PT24H', hours: 2160},
];
const DELIVERED = '#9aa5b1';

/** One connector: failures over time, what expires when, servers, and what to do about its alerts. */
export function connector({parts: [tenant, name]}, redraw) {
  const path = connectorPath(tenant, name);
  let period = PERIODS[0];
  let detail = null;
  let windows = null;
  let queue = null;
  let failuresOption = null;
  let horizonOption = null;
  let lookedAt = 0;

  async function load() {
    lookedAt = Date.now();
    const asked = period;
    detail = await get(path, {lang: settings.language()});
    const to = detail.asOf ? new Date(Date.parse(detail.asOf) + 300_000) : new Date();
    const from = new Date(to.getTime() - asked.hours * 3_600_000);
    [windows, queue] = await Promise.all([
      get(`${path}/windows`, {size: asked.size, from: from.toISOString(), to: to.toISOString()}),
      get(`${path}/queue`),
    ]);
    failuresOption = failures(windows);
    horizonOption = horizon(queue);
  }

  function choose(choice) {
    period = choice;
    load().then(redraw, redraw);
  }

  function template() {
    const item = detail.connector;
    return html`
      <nav class="crumbs" aria-label="Path"><a href="#/">Connectors</a> › <span>${item.tenant}</span></nav>
      <h1>${item.connector} ${badge(item.severity ?? item.state)}</h1>
      <p class="muted">${word(item.type)} connector${item.owner ? html`, owner: ${item.owner}` : nothing}${item.at ? html`, as of ${time(item.at)} UTC` : nothing}</p>
      <dl class="tiles">
        ${tile('failing, last hour', percent(item.lastHour.failingShare), item.lastHour.failed > 0 && item.lastHour.delivered === 0 ? 'bad' : '')}
        ${tile('failed / delivered, last hour', `${number(item.lastHour.failed)} / ${number(item.lastHour.delivered)}`)}
        ${tile('recipients queued', number(item.queue.recipients))}
        ${tile('oldest queued', age(item.queue.oldestSince))}
        ${tile('next expiry', countdown(item.queue.nextDeadline), urgency(item.queue.nextDeadline))}
        ${tile('expired', number(item.queue.expired))}
        ${tile('last delivered', item.lastDelivered ? `${age(item.lastDelivered)} ago` : 'never seen')}
      </dl>
      ${detail.alerts.map(alert => html`
        <section class="card alert ${alert.severity}">
          <h2>${badge(alert.severity)} <a href="#/alerts/${alert.id}">${alert.remediation.title}</a></h2>
          <p><code>${alert.code}</code> ${alert.reasons.map(reason => html`<span class="chip">${word(reason)}</span>`)} <span class="muted">since ${time(alert.since)} UTC</span></p>
          ${remedy(alert.remediation)}
        </section>`)}
      <section class="card">
        <h2>Attempts over time</h2>
        <div class="choices" role="group" aria-label="Period">
          ${PERIODS.map(choice => html`<button aria-pressed=${choice === period} @click=${() => choose(choice)}>${choice.name}</button>`)}
        </div>
        ${windows === null ? nothing : html`
          ${chart(`Attempts of ${item.connector} by code`, failuresOption)}
          <details><summary>As a table</summary>${windowTable(windows)}</details>`}
      </section>
      <section class="card">
        <h2>What expires when</h2>
        ${queue === null || queue.recipients === 0 ? html`<p class="muted">Nothing is queued.</p>` : html`
          ${chart(`Queued recipients of ${item.connector} by time of expiry`, horizonOption)}
          <details><summary>As a table</summary>${horizonTable(queue)}</details>`}
      </section>
      <section class="card">
        <h2>Servers that refuse</h2>
        ${table('Servers', [{name: 'Server'}, {name: 'IP address'}, {name: 'Failed attempts', number: true}, {name: 'Last error'}],
          detail.alerts.flatMap(alert => alert.evidence.destinations)
            .map(server => [server.host ?? '–', server.ip ?? '–', number(server.attempts), html`<span class="text">${server.lastError ?? '–'}</span>`]),
          'No open alert names a server.')}
      </section>
      <section class="card">
        <h2>Failures by code, all time</h2>
        ${table('Failures', [{name: 'Code'}, {name: 'Attempts', number: true}, {name: 'Messages', number: true}, {name: 'Recipients', number: true}, {name: 'First'}, {name: 'Last'}],
          (detail.health?.failures ?? []).map(failure => [html`<code>${failure.code}</code>`, number(failure.attempts), number(failure.messages), number(failure.recipients), time(failure.first), time(failure.last)]),
          'None.')}
      </section>
      ${detail.registration === null ? nothing : html`
        <section class="card"><h2>Registered as</h2>
          <dl class="facts">
            ${fact('Smart hosts', detail.registration.smartHosts?.join(', '))}
            ${fact('Domains', detail.registration.recipientDomains?.join(', '))}
            ${fact('Belongs to', word(detail.registration.relation))}
            ${fact('Lifetime of messages', detail.registration.lifetime)}
          </dl>
        </section>`}`;
  }

  return {
    title: name,
    load,
    changed(changes) {
      const concerned = changes.connectors === null || changes.connectors.some(item => item.tenant === tenant && item.connector === name);
      if (concerned && Date.now() - lookedAt > 2000) {
        load().then(redraw, () => {});
      }
    },
    tick() {},
    template: () => whenLoaded(detail, template),
  };
}

function failures(answer) {
  const codes = new Map();
  for (const window of answer.windows) {
    for (const {code, attempts} of window.codes) {
      codes.set(code, (codes.get(code) ?? 0) + attempts);
    }
  }
  const shown = [...codes.entries()].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([code]) => code);
  const points = value => answer.windows.map(window => [window.start, value(window)]);
  const attempts = (window, code) => window.codes.find(entry => entry.code === code)?.attempts ?? 0;
  const series = shown.map(code => ({name: code, points: points(window => attempts(window, code))}));
  if (codes.size > shown.length) {
    series.push({
      name: 'other codes',
      points: points(window => window.failed - shown.reduce((total, code) => total + attempts(window, code), 0)),
    });
  }
  series.push({name: 'delivered', points: points(window => window.delivered), color: DELIVERED});
  return {...stackedBars(series), xAxis: {type: 'time', min: answer.from, max: answer.to}};
}

function horizon(answer) {
  return {
    legend: {show: false},
    xAxis: {type: 'category', data: answer.deadlines.map(range)},
    yAxis: {type: 'value', minInterval: 1},
    series: [{name: 'recipients', type: 'bar', barMaxWidth: 60, data: answer.deadlines.map(bar => bar.recipients)}],
  };
}

function range({from, to}) {
  if (from === null) {
    return `until ${time(to)}`;
  }
  return to === null ? `after ${time(from)}` : `${time(from)} – ${to.slice(11, 16)}`;
}

const horizonTable = answer => table('Expiry', [{name: 'Expire'}, {name: 'Recipients', number: true}],
  answer.deadlines.map(bar => [range(bar), number(bar.recipients)]));

const windowTable = answer => table('Attempts', [{name: 'From'}, {name: 'Delivered', number: true}, {name: 'Failed', number: true}, {name: 'Codes'}],
  answer.windows.map(window => [time(window.start), number(window.delivered), number(window.failed), window.codes.map(({code, attempts}) => `${code}: ${attempts}`).join(', ')]));
