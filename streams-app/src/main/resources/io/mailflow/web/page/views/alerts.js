import {html, nothing} from '../lit.js';
import {get} from '../api.js';
import {time} from '../format.js';
import {alertLine, badge, name, title, whenLoaded} from '../parts.js';
import {learn} from '../words.js';
import * as settings from '../settings.js';

const DAYS = [1, 7, 30, 90];

/** Open and past alerts, those of one incident together. */
export function alerts({query}, redraw) {
  let days = Number(query.get('days') ?? 7);
  let open = null;
  let past = [];
  let nextPast = null;
  let incidents = [];
  let languages = [];
  let lookedAt = 0;
  let stale = false;

  const period = () => ({state: 'resolved', from: new Date(Date.now() - days * 86_400_000).toISOString(), limit: 100, lang: settings.language()});

  async function load() {
    lookedAt = Date.now();
    stale = false;
    const [openPage, pastPage, incidentPage, told] = await Promise.all([
      get('alerts', {limit: 1000, lang: settings.language()}),
      get('alerts', period()),
      get('incidents', {state: 'open', limit: 1000}),
      learn(),
    ]);
    open = openPage.items;
    past = pastPage.items;
    nextPast = pastPage.next;
    incidents = incidentPage.items;
    languages = told;
  }

  async function more() {
    const page = await get('alerts', {...period(), cursor: nextPast});
    past.push(...page.items);
    nextPast = page.next;
    redraw();
  }

  function groups() {
    const byId = new Map(open.map(alert => [alert.id, alert]));
    const grouped = incidents.map(incident => ({
      incident,
      members: incident.alerts.map(id => byId.get(id)).filter(Boolean).sort(gravestFirst),
    })).filter(group => group.members.length > 1);
    const inGroup = new Set(grouped.flatMap(group => group.members.map(alert => alert.id)));
    return {grouped, single: open.filter(alert => !inGroup.has(alert.id))};
  }

  function template() {
    const {grouped, single} = groups();
    return html`
      <div class="title-line"><h1>Alerts</h1>${languageChoice(languages, () => load().then(redraw, redraw))}</div>
      ${open.length === 0 ? html`<p class="card calm">${badge('clear')} No alert is open.</p>` : nothing}
      ${grouped.map(({incident, members}) => html`
        <section class="card alert ${incident.severity}">
          <h2>${badge(incident.severity)} ${title(members[0])}</h2>
          <p class="muted">Incident since ${time(incident.openedAt)} UTC: ${members.length} open alerts${incident.destinations.length > 0 ? html` about ${name(incident.destinations.join(', '))}` : nothing}</p>
          <ul class="alert-lines">${members.map(alertLine)}</ul>
        </section>`)}
      ${single.length === 0 ? nothing : html`<section class="card"><h2>Open</h2><ul class="alert-lines">${single.map(alertLine)}</ul></section>`}
      <section class="card">
        <h2>Past</h2>
        <div class="choices" role="group" aria-label="Period">
          ${DAYS.map(choice => html`<button type="button" aria-pressed=${choice === days} @click=${() => {
            days = choice;
            load().then(redraw, redraw);
          }}>${choice === 1 ? '24 hours' : `${choice} days`}</button>`)}
        </div>
        ${past.length === 0 ? html`<p class="muted">None in this period.</p>` : html`<ul class="alert-lines">${past.map(alertLine)}</ul>`}
        ${nextPast === null ? nothing : html`<p><button type="button" @click=${more}>More</button></p>`}
      </section>`;
  }

  return {
    title: 'Alerts',
    load,
    changed(changes) {
      stale ||= changes.alerts.length > 0;
      this.tick();
    },
    tick() {
      if (stale && Date.now() - lookedAt > 1000) {
        load().then(redraw, () => {});
      }
    },
    template: () => whenLoaded(open, template),
  };
}

const SEVERITIES = ['critical', 'high', 'warning'];

/** What an incident is about is what its gravest alert says. */
const gravestFirst = (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

/** Choice of the language of remediation texts, each by the name it gives itself. */
export function languageChoice(languages, chosen) {
  if (languages.length < 2) {
    return nothing;
  }
  return html`
    <label class="language">Language
      <select name="language" @change=${event => {
        settings.chooseLanguage(event.target.value);
        chosen();
      }}>
        <option value="" ?selected=${settings.language() === ''}>as in this browser</option>
        ${languages.map(tag => html`<option value=${tag} lang=${tag} ?selected=${tag === settings.language()}>${new Intl.DisplayNames([tag], {type: 'language'}).of(tag)}</option>`)}
      </select>
    </label>`;
}
