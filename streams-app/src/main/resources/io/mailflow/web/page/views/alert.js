import {html, nothing} from '../lit.js';
import {get} from '../api.js';
import {countdown, number, percent, time, urgency, word} from '../format.js';
import {badge, connectorLink, fact, remedy, table, tile, whenLoaded} from '../parts.js';
import * as settings from '../settings.js';
import {languageChoice} from './alerts.js';

/** One alert: what is wrong, what to do, what it was decided on, and its life so far. */
export function alert({parts: [id]}, redraw) {
  let answer = null;
  let languages = [];

  async function load() {
    const [life, catalogue] = await Promise.all([
      get(`alerts/${encodeURIComponent(id)}`, {lang: settings.language()}),
      languages.length > 0 ? {languages} : get('catalogue', {code: '450 4.4.316'}),
    ]);
    answer = life;
    languages = catalogue.languages;
  }

  function template() {
    const item = answer.alert;
    const {evidence} = item;
    return html`
      <nav class="crumbs" aria-label="Path"><a href="#/alerts">Alerts</a> › <a href=${connectorLink(item.tenant, item.connector)}>${item.connector}</a></nav>
      <div class="title-line">
        <h1>${badge(item.state === 'resolved' ? 'resolved' : item.severity)} ${item.remediation.title}</h1>
        ${languageChoice(languages, () => load().then(redraw, redraw))}
      </div>
      <p><code>${item.code}</code> ${item.reasons.map(reason => html`<span class="chip">${word(reason)}</span>`)}
        ${item.provisional ? html`<span class="chip">provisional</span>` : nothing}
        <span class="muted">${item.tenant}</span></p>
      <dl class="tiles">
        ${tile('since', html`${time(item.since)} <small>UTC</small>`)}
        ${item.state === 'resolved'
          ? tile('resolved', html`${time(item.resolvedAt)} <small>${word(item.resolution)}</small>`)
          : tile('next expiry', countdown(evidence.queue.nextDeadline), urgency(evidence.queue.nextDeadline))}
        ${tile('recipients queued', number(evidence.queue.recipients))}
        ${evidence.queue.expiring.map(({withinHours, recipients}) => tile(`expire within ${withinHours} h`, number(recipients)))}
      </dl>
      <section class="card">${remedy(item.remediation)}</section>
      <section class="card">
        <h2>Why</h2>
        ${table('Thresholds', [{name: 'Reason'}, {name: 'Measured'}, {name: 'Value', number: true}, {name: 'Threshold', number: true}],
          evidence.thresholds.map(each => [word(each.reason), each.measure, figure(each, each.value), figure(each, each.threshold)]))}
        ${table('Servers', [{name: 'Server'}, {name: 'IP address'}, {name: 'Failed attempts', number: true}, {name: 'Last error'}],
          evidence.destinations.map(server => [server.host ?? '–', server.ip ?? '–', number(server.attempts), html`<span class="text">${server.lastError ?? '–'}</span>`]),
          'No server was named.')}
        <dl class="facts">
          ${fact('Failed / delivered', `${number(evidence.counts.failed)} / ${number(evidence.counts.delivered)}`)}
          ${fact('Last error', evidence.lastError ? html`<code class="text">${evidence.lastError}</code>` : null)}
          ${fact('Sample messages', evidence.sampleMessageIds.length > 0 ? html`<code class="text">${evidence.sampleMessageIds.join(', ')}</code>` : null)}
          ${fact('Mail seen up to', `${time(evidence.progress)} UTC`)}
        </dl>
      </section>
      <section class="card">
        <h2>Life</h2>
        <ol class="life">
          ${answer.life.map(step => html`
            <li class=${step.severity}>
              <time datetime=${step.at}>${time(step.at)}</time> <b>${word(step.publication)}</b> ${badge(step.state === 'resolved' ? 'resolved' : step.severity)}
              <span class="muted">${step.reasons.map(word).join(', ')}; ${number(step.queued)} queued</span>
            </li>`)}
        </ol>
      </section>`;
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

const figure = (measure, value) => (measure.measure.includes('share') ? percent(value) : number(value));
