import {html, nothing} from '../lit.js';
import {connectorPath, get} from '../api.js';
import {age, countdown, errorText, number, percent, readable, time, urgency, word} from '../format.js';
import {badge, connectorLink, fact, moment, name, remedy, serverTable, table, tile, title, whenLoaded} from '../parts.js';
import {learn} from '../words.js';
import * as settings from '../settings.js';
import {languageChoice} from './alerts.js';

/** One alert: what is wrong, what to do, what it was decided on, and its life so far. */
export function alert({parts: [id]}, redraw) {
  let answer = null;
  let connector = null;
  let incident = null;
  let languages = [];

  async function load() {
    const [life, told] = await Promise.all([
      get(`alerts/${encodeURIComponent(id)}`, {lang: settings.language()}),
      learn(),
    ]);
    const {alert: {tenant, connector: of}, incident: joined} = life;
    // The alert tells what was true when it was published; the queue has moved on since, and the owner may be another.
    const [now, together] = await Promise.all([
      get(connectorPath(tenant, of)).then(found => found.connector, unlessGone),
      joined === null ? null : get(`incidents/${joined}`).then(found => found.incident, unlessGone),
    ]);
    [answer, connector, incident] = [life, now, together];
    languages = told;
  }

  function template() {
    const item = answer.alert;
    const {evidence} = item;
    const told = answer.life.at(-1).at;
    const queue = connector?.queue;
    return html`
      <nav class="crumbs" aria-label="Path"><a href="#/alerts">Alerts</a> › <a href=${connectorLink(item.tenant, item.connector)}>${name(item.connector)}</a> › <span>${name(item.tenant)}</span></nav>
      <h1>${badge(item.state === 'resolved' ? 'resolved' : item.severity)} ${title(item)}</h1>
      <div class="title-line">
        <p class="chips"><code>${item.code}</code> ${item.reasons.map(reason => html`<span class="chip">${word(reason)}</span>`)}
          ${incident !== null && incident.alerts.length > 1 ? html`<a href="#/alerts">one of ${incident.alerts.length} alerts of an incident</a>` : nothing}
          ${item.provisional ? html`<span class="chip">provisional</span>` : nothing}
          ${connector?.owner ? html`<span class="owner">owner: ${name(connector.owner)}</span>` : nothing}</p>
        ${languageChoice(languages, () => load().then(redraw, redraw))}
      </div>
      <dl class="tiles">
        ${tile('began', moment(item.since))}
        ${item.state === 'resolved'
          ? html`${tile('resolved', moment(item.resolvedAt))} ${tile('how it ended', word(item.resolution))}`
          : html`${tile('has lasted', age(item.since))}
            ${tile('next expiry', countdown(queue?.nextDeadline), urgency(queue?.nextDeadline))}
            ${tile('recipients queued', number(queue?.recipients))}`}
      </dl>
      <div class="split">
      <div>
      <section class="card"><h2>Remedy</h2>${remedy(item.remediation)}</section>
      <section class="card">
        <h2>Servers</h2>
        ${serverTable('Servers', evidence.destinations, 'No server was named.')}
      </section>
      </div>
      <div>
      <section class="card">
        <h2>Why</h2>
        <p class="muted">True when it was last published, ${time(told)} UTC.</p>
        ${table('Thresholds', [{name: 'Reason'}, {name: 'Measured'}, {name: 'Value', number: true}, {name: 'Limit', number: true}],
          evidence.thresholds.map(each => [word(each.reason), readable(each.measure), figure(each, each.value), figure(each, each.threshold)]))}
        <dl class="facts">
          ${fact('Recipients queued', [number(evidence.queue.recipients), within(evidence.queue.expiring)].filter(Boolean).join('; '))}
          ${fact('Failed / delivered', `${number(evidence.counts.failed)} / ${number(evidence.counts.delivered)}`)}
          ${fact('Last error', evidence.lastError && evidence.destinations.length === 0 ? html`<code class="text">${name(errorText(evidence.lastError))}</code>` : null)}
          ${fact('Sample messages', evidence.sampleMessageIds.length > 0 ? html`<code class="text">${evidence.sampleMessageIds.join(', ')}</code>` : null)}
          ${fact('Mail seen up to', `${time(evidence.progress)} UTC`)}
        </dl>
      </section>
      <section class="card">
        <h2>Life</h2>
        <ol class="life">
          ${[...answer.life].reverse().map(step => html`
            <li class=${step.severity}>
              <time datetime=${step.at}>${time(step.at)}</time> <b>${word(step.publication)}</b> ${badge(step.state === 'resolved' ? 'resolved' : step.severity)}
              <span class="muted">${step.reasons.map(word).join(', ')}; ${number(step.queued)} queued</span>
            </li>`)}
        </ol>
      </section>
      </div>
      </div>`;
  }

  return {
    title: 'Alert',
    load,
    changed(changes) {
      if (changes.alerts.some(change => change.id === id)) {
        load().then(redraw, () => {});
      }
    },
    tick() {},
    template: () => whenLoaded(answer, template),
  };
}

/** How many expire within which hours; the counts are cumulative, and a longer time that adds nobody says nothing. */
const within = expiring => expiring
  .filter(({recipients}, index) => recipients > (expiring[index - 1]?.recipients ?? 0))
  .map(({withinHours, recipients}) => `${number(recipients)} expire within ${withinHours} h`).join(', ');

/** Shares are told in percent; what was measured is named in the words of the records. */
const figure = ({measure}, value) => (measure.includes('share') ? percent(value) : number(value));

/** Nothing where it is not there any more. */
function unlessGone(problem) {
  if (problem.status === 404 || problem.status === 410) {
    return null;
  }
  throw problem;
}
