import {html, nothing, svg} from './lit.js';
import {connectorPath} from './api.js';
import {say} from './words.js';
import {age, clock, day, duration, errorText, number, time, word} from './format.js';

/** Address of a connector's view. */
export const connectorLink = (tenant, connector) => `#/${connectorPath(tenant, connector)}`;

const MARKS = {critical: '⬢', high: '▲', warning: '◆', down: '▲', alerting: '◆', queued: '●', clear: '✓', unseen: '○', resolved: '✓'};

/** A text from mail traces on its own: its direction does not reach what stands beside it. */
export const name = text => html`<bdi>${text}</bdi>`;

/** What an alert says is wrong, in the language it says it in; its code stands beside it. */
export const title = ({code, remediation}) => html`<bdi lang=${remediation.language ?? nothing}>${[` (${code})`, `（${code}）`].reduce((text, said) => text.replace(said, ''), remediation.title)}</bdi>`;

/** A state or severity: mark, colour and word, so that no one of them is needed alone. */
export const badge = (token, tone = token) => html`<span class="badge ${tone}"><span aria-hidden="true">${MARKS[tone] ?? MARKS[token] ?? '•'}</span> ${word(token)}</span>`;

/** A number with its name. */
export const tile = (label, value, tone = '') => html`<div class="tile ${tone}"><dt>${label}</dt><dd>${value}</dd></div>`;

/** A moment in a tile: the clock large, the day small. */
export const moment = instant => (instant ? html`<time datetime=${instant}>${clock(instant)} <small>UTC, ${day(instant)}</small></time>` : '–');

/** Two hours of attempts in 5-minute bars: failed from below in red, delivered above in grey. */
export function sparkline(trend) {
  const bars = trend.delivered.map((delivered, index) => ({delivered, failed: trend.failed[index] ?? 0}));
  const most = Math.max(1, ...bars.map(bar => bar.delivered + bar.failed));
  const text = `Last two hours: ${number(sum(trend.failed))} failed, ${number(sum(trend.delivered))} delivered`;
  return html`
    <svg class="sparkline" viewBox="0 0 96 24" preserveAspectRatio="none" role="img" aria-label=${text}>
      <title>${text}</title>
      ${bars.map((bar, index) => {
        const failed = (bar.failed / most) * 23;
        const delivered = (bar.delivered / most) * 23;
        return svg`
          <rect class="failed" x=${index * 4} y=${24 - failed} width="3" height=${failed}></rect>
          <rect class="delivered" x=${index * 4} y=${24 - failed - delivered} width="3" height=${delivered}></rect>`;
      })}
    </svg>`;
}

/** One alert in one line. */
export function alertLine(alert) {
  const resolved = alert.state === 'resolved';
  return html`
    <li class="alert-line ${resolved ? 'over' : ''}">
      ${resolved ? badge('resolved') : badge(alert.severity)}
      <a class="what" href="#/alerts/${alert.id}">${title(alert)}</a>
      <span class="where"><a href=${connectorLink(alert.tenant, alert.connector)}>${name(alert.connector)}</a>
        <span class="muted">${name(alert.tenant)}</span></span>
      <code>${alert.code}</code>
      <span class="muted when" title="since ${time(alert.since)} UTC">${resolved
        ? html`${time(alert.since)}<br>${duration(Date.parse(alert.resolvedAt) - Date.parse(alert.since))}, ${word(alert.resolution)}`
        : html`for ${age(alert.since)}`}
        ${alert.provisional ? html`<span class="chip" title="Opened by ageing alone while the source is quiet">provisional</span>` : nothing}</span>
    </li>`;
}

/** What to do: likely causes in order, steps with their commands, when it takes effect, how to verify. */
export function remedy(remediation) {
  return html`
    <div class="remedy" lang=${remediation.language ?? nothing}>
      ${remediation.explanation ? html`<p>${remediation.explanation}</p>` : nothing}
      <p class="who"><strong>${say(remediation.language, 'label.who-acts')}:</strong> ${say(remediation.language, `owner.${remediation.owner}`)}</p>
      ${remediation.causes.length === 0 ? nothing : html`
        <h3>${say(remediation.language, 'label.likely')}</h3>
        <ol>${remediation.causes.map((cause, index) => html`<li>${cause} ${grounds(remediation.language, remediation.ranking?.[index])}</li>`)}</ol>`}
      <h3>${say(remediation.language, 'label.what-to-do')}</h3>
      <ol class="steps">
        ${remediation.steps.map(step => html`<li>${step.text} ${step.command ? command(step.command) : nothing}</li>`)}
      </ol>
      <dl class="facts">
        ${fact(say(remediation.language, 'label.takes-effect'), remediation.takesEffect)}
        ${fact(say(remediation.language, 'label.verify'), remediation.verify)}
        ${fact(say(remediation.language, 'label.give-up'), remediation.giveUp)}
        ${fact(say(remediation.language, 'label.read-on'), remediation.links?.length > 0 ? remediation.links.filter(link => link.startsWith('https://')).map(link => html`
          <a href=${link} target="_blank" rel="noreferrer">${link.replace('https://', '')}</a><br>`) : null)}
      </dl>
    </div>`;
}

/** A term with its value; nothing where there is none. */
export const fact = (name, value) => (value === null || value === undefined || value === '' ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`);

/** A table with a caption; cells are templates or text, numbers are right-aligned by the class of their column. */
export function table(caption, columns, rows, empty = 'Nothing.') {
  if (rows.length === 0) {
    return html`<p class="muted">${empty}</p>`;
  }
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption class="visually-hidden">${caption}</caption>
        <thead><tr>${columns.map(column => html`<th scope="col" class=${column.number ? 'number' : nothing}>${column.name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(row => html`<tr>${row.map((cell, index) => html`<td class=${columns[index].number ? 'number' : nothing} data-label=${columns[index].name}>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
}

/** Servers that failed, with the last error of each; attempts count since the code began to fail. */
export const serverTable = (caption, servers, empty) => table(caption,
  [{name: 'Server'}, {name: 'IP address'}, {name: 'Failed attempts', number: true}, {name: 'Last error'}],
  servers.map(server => [html`<span class="host">${name(server.host ?? '–')}</span>`, server.ip ?? '–', number(server.attempts),
    html`<span class="text">${server.lastError ? name(errorText(server.lastError)) : '–'}</span>`]),
  empty);

/** Says something aloud to screen readers. */
export function announce(text) {
  document.getElementById('announcement').textContent = text;
}

/** Loading, or what the view shows once it is there. */
export const whenLoaded = (value, template) => (value === null ? html`<p class="notice" role="status">Loading…</p>` : template(value));

/** Why a cause stands where it does. */
function grounds(language, rank) {
  const reasons = (rank?.clues ?? []).map(clue => say(language, `evidence.${clue}`)).filter(reason => reason !== '');
  return reasons.length === 0 ? nothing : html`<span class="muted">(${reasons.join('; ')})</span>`;
}

function command(text) {
  return html`
    <div class="command">
      <pre><code>${text}</code></pre>
      <button type="button" class="copy" @click=${event => copy(event.currentTarget, text)} lang="en" aria-label="Copy the command">Copy</button>
    </div>`;
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    announce('Copied');
  } catch {
    // Without permission or TLS the text is selected instead.
    const range = document.createRange();
    range.selectNodeContents(button.previousElementSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    button.textContent = 'Press Ctrl-C';
    announce('The command is selected; press Control C');
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2000);
}

const sum = values => values.reduce((total, value) => total + value, 0);
