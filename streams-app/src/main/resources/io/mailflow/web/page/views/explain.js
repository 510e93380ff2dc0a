import {html, nothing} from '../lit.js';
import {explain as ask} from '../api.js';
import {word} from '../format.js';
import {fact, name, remedy, title} from '../parts.js';
import {learn} from '../words.js';
import * as settings from '../settings.js';
import {languageChoice} from './alerts.js';

const SAMPLE = '450 4.4.317 Cannot connect to remote server [Message=CertificateExpired] [LastAttemptedServerName=mail.fabrikam.example]';

/** Any error text in, cause and remedy out. */
export function explain(_, redraw) {
  let text = '';
  let answer = null;
  let failure = null;
  let languages = [];

  async function run(event) {
    event?.preventDefault();
    if (text.trim() === '') {
      return;
    }
    try {
      [answer] = await Promise.all([ask(text, settings.language()), learn()]);
      failure = null;
    } catch (problem) {
      failure = problem;
    }
    redraw();
  }

  return {
    title: 'Explain',
    async load() {
      languages = await learn();
    },
    template: () => html`
      <div class="title-line"><h1>Explain an error</h1>${languageChoice(languages, run)}</div>
      <form class="card" @submit=${run}>
        <label for="text">Reply or error text, as it stands in a trace, a log or a non-delivery report</label>
        <textarea id="text" name="text" rows="3" maxlength="8000" placeholder=${SAMPLE} .value=${text}
          @input=${event => { text = event.target.value; }}
          @keydown=${event => (event.key === 'Enter' && (event.ctrlKey || event.metaKey) ? run(event) : undefined)}></textarea>
        <p><button class="primary">Explain</button> <button type="button" class="quiet" @click=${() => { text = SAMPLE; run(); }}>Try an example</button></p>
      </form>
      ${failure === null ? nothing : html`<p class="card" role="alert">${failure.message}</p>`}
      ${answer === null ? nothing : html`
        <section class="card" aria-live="polite">
          <h2>${title({code: null, remediation: answer})}</h2>
          <dl class="facts">
            ${fact('Code', answer.code ? html`<code>${answer.code}</code>` : null)}
            ${answer.chain.slice(1).map(reply => fact('Wraps', html`<code class="text">${name(reply)}</code>`))}
            ${fact('Cause', answer.cause ? word(answer.cause) : null)}
            ${fact('Server', answer.destination ? name(server(answer.destination)) : null)}
          </dl>
          ${remedy(answer)}
        </section>`}`,
  };
}

function server(destination) {
  const port = destination.port ? `:${destination.port}` : '';
  return destination.host ? `${destination.host}${port}${destination.ip ? ` [${destination.ip}]` : ''}` : `${destination.ip}${port}`;
}
