import {html, nothing} from '../lit.js';
import {connectorPath, get} from '../api.js';
import {chart} from '../charts.js';
import {age, clock, countdown, day, number, percent, readable, time, urgency, word} from '../format.js';
import {badge, fact, name as shownName, remedy, serverTable, table, tile, title, whenLoaded} from '../parts.js';
import {learn} from '../words.js';
import * as settings from '../settings.js';

const PERIODS = [
  {name: '6 hours', size: 'PT5M', hours: 6},
  {name: '2 days', size: 'PT1H', hours: 48},
  {name: '7 days', size: 'PT1H', hours: 168},
  {name: '90 days', size: 'PT24H', hours: 2160},
];
const DELIVERED = '#8494a8';
const HOUR = 3_600_000;
const MOST_HOURS = 96;

/** Up to how many hours ahead which colour: from about to expire to far away, as the alerts have it. */
const NEARNESS = [[1, 'soonest'], [4, 'soon'], [12, 'near'], [Infinity, 'far']];

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
  let stale = false;

  async function load() {
    lookedAt = Date.now();
    stale = false;
    const asked = period;
    const [now] = await Promise.all([get(path, {lang: settings.language()}), learn()]);
    const to = now.asOf ? new Date(Date.parse(now.asOf) + 300_000) : new Date();
    const from = new Date(to.getTime() - asked.hours * 3_600_000);
    const [attempted, queued] = await Promise.all([
      get(`${path}/windows`, {size: asked.size, from: from.toISOString(), to: to.toISOString()}),
      get(`${path}/queue`),
    ]);
    if (asked !== period) {
      return;
    }
    [detail, windows, queue] = [now, attempted, queued];
    failuresOption = failures(windows);
    horizonOption = horizon(queue);
  }

  function choose(choice) {
    period = choice;
    load().then(redraw, redraw);
  }

  function template() {
    const item = detail.connector;
    const charts = html`${attempts(item)} ${horizonCard(item)}`;
    return html`
      <nav class="crumbs" aria-label="Path"><a href="#/">Connectors</a> › <span>${shownName(item.tenant)}</span></nav>
      <h1>${shownName(item.connector)} ${badge(item.state, item.severity ?? item.state)}</h1>
      <p class="muted">${item.type === 'unknown' ? 'connector of unknown type' : `${word(item.type)} connector`}${item.owner ? html`, owner: ${shownName(item.owner)}` : nothing}${item.at ? html`, as of ${time(item.at)} UTC` : nothing}</p>
      <dl class="tiles">
        ${tile('failing, last hour', percent(item.lastHour.failingShare), item.lastHour.failed > 0 && item.lastHour.delivered === 0 ? 'bad' : '')}
        ${tile('failed, last hour', number(item.lastHour.failed))}
        ${tile('delivered, last hour', number(item.lastHour.delivered))}
        ${tile('recipients queued', number(item.queue.recipients))}
        ${tile('oldest queued', age(item.queue.oldestSince))}
        ${tile('next expiry', countdown(item.queue.nextDeadline), urgency(item.queue.nextDeadline))}
        ${tile('expired', number(item.queue.expired))}
        ${tile('since the last delivery', item.lastDelivered ? age(item.lastDelivered) : 'never seen')}
      </dl>
      ${detail.alerts.length === 0 ? html`<div class="columns">${charts}</div>` : html`
        <div class="split">
          <div>${detail.alerts.map(alertCard)}</div>
          <div>${charts} ${registration()}</div>
        </div>`}
      <section class="card">
        <h2>Servers that refuse</h2>
        ${serverTable('Servers that refuse', detail.alerts.flatMap(alert => alert.evidence.destinations), 'No open alert names a server.')}
      </section>
      <div class="columns">
        <section class="card">
          <h2>Failures by code, all time</h2>
          ${table('Failures by code', [{name: 'Code'}, {name: 'Attempts', number: true}, {name: 'Messages', number: true}, {name: 'Recipients', number: true}, {name: 'First'}, {name: 'Last'}],
            (detail.health?.failures ?? []).map(failure => [html`<code>${failure.code}</code>`, number(failure.attempts), number(failure.messages), number(failure.recipients), html`<time datetime=${failure.first}>${time(failure.first)}</time>`, html`<time datetime=${failure.last}>${time(failure.last)}</time>`])
              .concat(detail.health?.unlisted ? [['(others)', number(detail.health.unlisted.attempts), '', '', '', '']] : []),
            'None.')}
        </section>
        ${detail.alerts.length === 0 ? registration() : nothing}
      </div>`;
  }

  function registration() {
    const entry = detail.registration;
    return entry === null ? nothing : html`
      <section class="card"><h2>Registered as</h2>
        <dl class="facts">
          ${fact('Smart hosts', entry.smartHosts?.join(', '))}
          ${fact('Domains', entry.recipientDomains?.join(', '))}
          ${fact('Belongs to', entry.relation ? word(entry.relation) : null)}
          ${fact('Owner', entry.owner ? shownName(entry.owner) : null)}
          ${fact('Lifetime of messages', entry.lifetime ? readable(entry.lifetime) : null)}
        </dl>
      </section>`;
  }

  function alertCard(alert) {
    return html`
      <section class="card alert ${alert.severity}">
        <h2>${badge(alert.severity)} <a href="#/alerts/${alert.id}">${title(alert)}</a></h2>
        <p class="chips"><code>${alert.code}</code> ${alert.reasons.map(reason => html`<span class="chip">${word(reason)}</span>`)} <span class="muted">since ${time(alert.since)} UTC</span></p>
        ${remedy(alert.remediation)}
      </section>`;
  }

  function attempts(item) {
    return html`
      <section class="card">
        <h2>Attempts over time <small>UTC</small></h2>
        <div class="choices" role="group" aria-label="Period">
          ${PERIODS.map(choice => html`<button type="button" aria-pressed=${choice === period} @click=${() => choose(choice)}>${choice.name}</button>`)}
        </div>
        ${windows.windows.length === 0 ? html`<p class="muted">Nothing was attempted in this period.</p>` : html`
          ${chart(`Attempts of ${item.connector}: failures by code, and deliveries`, failuresOption, 'tall')}
          <details><summary>As a table</summary>${windowTable(windows)}</details>`}
      </section>`;
  }

  function horizonCard(item) {
    return html`
      <section class="card">
        <h2>What expires when <small>recipients by the hour, UTC</small></h2>
        ${queue.recipients === 0 ? html`<p class="muted">Nothing is queued.</p>` : html`
          ${chart(`Queued recipients of ${item.connector} by time of expiry`, horizonOption)}
          <p class="key" aria-hidden="true">${NEARNESS.map(([hours, name]) => html`<span class=${name}>${hours === Infinity ? 'later' : `within ${hours} h`}</span>`)}</p>
          <details><summary>As a table</summary>${horizonTable(queue)}</details>`}
      </section>`;
  }

  return {
    title: name,
    load,
    changed(changes) {
      const concerned = changes.connectors === null || changes.connectors.some(item => item.tenant === tenant && item.connector === name);
      stale ||= concerned;
      this.tick();
    },
    tick() {
      if (stale && Date.now() - lookedAt > 2000) {
        load().then(redraw, () => {});
      }
    },
    template: () => whenLoaded(detail, template),
  };
}

/** Failures by code above, deliveries below on their own scale: many deliveries must not hide a few failures. */
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
  const bar = {type: 'bar', barMaxWidth: 22, large: false};
  const series = shown.map(code => ({...bar, name: code, stack: 'failed', data: points(window => attempts(window, code))}));
  if (codes.size > shown.length) {
    series.push({
      ...bar,
      name: 'other codes',
      stack: 'failed',
      data: points(window => window.failed - shown.reduce((total, code) => total + attempts(window, code), 0)),
    });
  }
  series.push({...bar, name: 'delivered', xAxisIndex: 1, yAxisIndex: 1, itemStyle: {color: DELIVERED}, data: points(window => window.delivered)});
  const span = {type: 'time', min: answer.from, max: answer.to};
  return {
    grid: [{left: 56, right: 24, top: 40, bottom: '38%'}, {left: 56, right: 24, bottom: 28, height: '18%'}],
    axisPointer: {link: [{xAxisIndex: 'all'}]},
    xAxis: [{...span, gridIndex: 0, axisLabel: {show: false}}, {...span, gridIndex: 1}],
    yAxis: [
      {type: 'value', name: 'failed', minInterval: 1, gridIndex: 0, splitNumber: 4},
      {type: 'value', name: 'delivered', minInterval: 1, gridIndex: 1, splitNumber: 2},
    ],
    series,
  };
}

function horizon(answer) {
  const bars = answer.deadlines.length === 0 ? [] : hourly(answer.deadlines);
  return {
    grid: {left: 8, right: 12, top: 24, bottom: 8, containLabel: true},
    legend: {show: false},
    xAxis: {type: 'category', data: bars.map(hour), axisLabel: {interval: labelled(bars)}},
    yAxis: {type: 'value', minInterval: 1},
    series: [{
      name: 'recipients',
      type: 'bar',
      barMaxWidth: 70,
      label: {show: bars.length <= 30, position: 'top', formatter: ({value}) => (value > 0 ? number(value) : '')},
      data: bars.map(bar => ({value: bar.recipients, itemStyle: {color: `var(--${nearness(bar, answer.at)})`}})),
    }],
  };
}

/** By what expires first in the hour. */
const nearness = ({from}, at) => NEARNESS.find(([hours]) => Date.parse(from) - Date.parse(at) < hours * HOUR)[1];

/** Every hour from the first to the last, as long as a picture bears them: a gap is to be seen. */
function hourly(deadlines) {
  const [first, last] = [deadlines[0], deadlines.at(-1)].map(({from}) => Date.parse(from));
  const hours = (last - first) / HOUR + 1;
  if (hours > MOST_HOURS) {
    return deadlines;
  }
  const counts = new Map(deadlines.map(({from, recipients}) => [Date.parse(from), recipients]));
  return Array.from({length: hours}, (_, hour) => {
    const from = first + hour * HOUR;
    return {from: new Date(from).toISOString(), recipients: counts.get(from) ?? 0};
  });
}

/** The clock, and the day where it begins. */
const hour = ({from}, index) => `${clock(from)}${index === 0 || clock(from) === '00:00' ? `\n${day(from)}` : ''}`;

/** Which hours have a label: the first, for its date, and round ones with room between. */
function labelled(bars) {
  const step = [1, 3, 6, 12, 24].find(hours => bars.length / hours <= 8) ?? 24;
  return index => index === 0 || (index >= step / 2 && new Date(bars[index].from).getUTCHours() % step === 0);
}

const horizonTable = answer => table('Expiry', [{name: 'Expire'}, {name: 'Recipients', number: true}],
  answer.deadlines.map(({from, to, recipients}) => [`${from ? `from ${time(from)}` : ''} ${to ? `until ${time(to)}` : ''}`, number(recipients)]));

const windowTable = answer => table('Attempts', [{name: 'From'}, {name: 'Delivered', number: true}, {name: 'Failed', number: true}, {name: 'Codes'}],
  answer.windows.map(window => [time(window.start), number(window.delivered), number(window.failed), window.codes.map(({code, attempts}) => `${code}: ${attempts}`).join(', ')]));
