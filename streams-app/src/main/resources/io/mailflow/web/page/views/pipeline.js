import {html, nothing} from '../lit.js';
import {get} from '../api.js';
import {bytes, duration, number, plural, time, word} from '../format.js';
import {moment, name, table, tile, whenLoaded} from '../parts.js';

const PROGRESS = [{name: 'Partition'}, {name: 'Has seen everything up to'}, {name: 'Behind', number: true}];

/** How the program itself is doing. */
export function pipeline(_, redraw) {
  let answer = null;
  let lookedAt = 0;

  async function load() {
    lookedAt = Date.now();
    answer = await get('pipeline');
  }

  const behind = seconds => (seconds === null || seconds === undefined ? '–' : duration(seconds * 1000));
  const progress = row => [row.partition, `${time(row.progress)} UTC`, row.ended ? 'has ended' : behind(row.lagSeconds)];
  const tallies = list => table('Reasons', [{name: 'Reason'}, {name: 'Records', number: true}], list.map(({name, count}) => [word(name), number(count)]), 'None.');

  return {
    title: 'Pipeline',
    load,
    changed(changes) {
      if (changes.pipeline && Date.now() - lookedAt > 1000) {
        load().then(redraw, () => {});
      }
    },
    tick() {
      if (Date.now() - lookedAt > 5000) {
        load().then(redraw, () => {});
      }
    },
    template: () => whenLoaded(answer, () => html`
      <h1>Pipeline</h1>
      ${answer.reason ? html`<p class="card" role="status">${answer.reason}</p>` : nothing}
      <dl class="tiles">
        ${tile('state', word(answer.state), answer.state === 'running' ? '' : 'bad')}
        ${tile('mail seen up to', moment(answer.watermark))}
        ${tile('behind the clock', behind(answer.lagSeconds))}
        ${tile('dead letters', number(answer.deadLetters.total), answer.deadLetters.total > 0 ? 'warning' : '')}
        ${tile('late events', number(answer.lateEvents.total))}
        ${tile('state on disk', bytes(answer.stream.stateBytes))}
      </dl>
      <section class="card"><h2>What became of every event</h2>
        <dl class="tiles small">
          ${tile('counted', number(answer.events.counted))} ${tile('duplicates', number(answer.events.duplicates))}
          ${tile('not attempts', number(answer.events.notAttempts))} ${tile('late', number(answer.events.late))}
          ${tile('from the future', number(answer.events.future))}
        </dl>
      </section>
      <div class="columns">
        <section class="card"><h2>Sources</h2>${table('Sources', PROGRESS, answer.sources.map(progress), 'None yet.')}</section>
        <section class="card"><h2>Monitors</h2>${table('Monitors', PROGRESS, answer.monitors.map(progress), 'None yet.')}</section>
      </div>
      <div class="columns">
      <section class="card"><h2>Dead letters</h2>
        ${tallies(answer.deadLetters.byReason)}
        ${answer.deadLetters.newest.length === 0 ? nothing : html`<details><summary>The newest</summary>
          ${table('Newest dead letters', [{name: 'When'}, {name: 'Reason'}, {name: 'Where'}], answer.deadLetters.newest.map(letter => [time(letter.at), name(letter.reason), html`<code class="text">${name(letter.place)}</code>`]))}</details>`}
      </section>
      <section class="card"><h2>Late events</h2>
        ${tallies(answer.lateEvents.byEffect)}
        ${answer.lateEvents.newest.length === 0 ? nothing : html`<details><summary>The newest</summary>
          ${table('Newest late events', [{name: 'When'}, {name: 'Connector'}, {name: 'Event'}, {name: 'Late by', number: true}, {name: 'Effect'}],
            answer.lateEvents.newest.map(late => [time(late.at), html`${name(late.connector ?? 'unknown')} <span class="muted">${name(late.tenant)}</span>`, late.event, behind(late.lateBySeconds), word(late.effect)]))}</details>`}
      </section>
      </div>
      ${group(answer.group)}
      <section class="card"><h2>This instance</h2>
        <p>The stream is ${word(answer.stream.state)}. The local database is ${word(answer.readModel.state)}, ${bytes(answer.readModel.bytes)}, ${number(answer.readModel.recordsBehind)} records behind.</p>
        ${table('Threads', [{name: 'Thread'}, {name: 'State'}, {name: 'Tasks'}, {name: 'Standby'}],
          answer.stream.threads.map(thread => [threadName(thread.name), thread.state, thread.activeTasks.join(' ') || '–', thread.standbyTasks.join(' ') || '–']), 'No threads.')}
      </section>`),
  };
}

/** Threads are told apart by what their instance does not say already. */
const threadName = text => text.replace(/^.*-(?=StreamThread-)/, '');

/** Every instance with what it reads; the brokers may be slower to know than this page. */
function group({state, at, problem, instances}) {
  return html`
    <section class="card"><h2>Instances</h2>
      ${problem ? html`<p role="status">The brokers do not tell: ${problem}.${at ? ` What stands here is from ${time(at)} UTC.` : nothing}</p>` : nothing}
      ${state === null ? html`<p class="muted">Not known yet.</p>` : html`
        <p>${plural(instances.length, 'instance')} ${instances.length === 1 ? 'does' : 'share'} the work; the group is ${word(state)}.</p>
        ${table('Instances', [{name: 'Instance'}, {name: 'Host'}, {name: 'Thread'}, {name: 'Reads'}, {name: 'Waiting', number: true}],
          instances.flatMap(instance => instance.threads.map((thread, index) => [
            index === 0 ? html`<span class="text">${name(instance.name)}</span> ${instance.answering ? html`<span class="chip">this one</span>` : nothing}` : '',
            index === 0 ? name(instance.host) : '',
            threadName(thread.name),
            thread.partitions.length === 0 ? html`<span class="muted">nothing</span>` : byTopic(thread.partitions),
            number(waiting(thread.partitions)),
          ])), 'None.')}`}
    </section>`;
}

/** mailflow.trace-events 0, 2 */
function byTopic(partitions) {
  const topics = new Map();
  partitions.forEach(({topic, partition}) => topics.set(topic, [...(topics.get(topic) ?? []), partition]));
  return [...topics].map(([topic, numbers]) => html`<div class="text">${name(topic)} <span class="muted">${numbers.join(', ')}</span></div>`);
}

/** Records of all of them; nothing where one of them is not known. */
const waiting = partitions => (partitions.some(({lag}) => lag === null) ? null : partitions.reduce((sum, {lag}) => sum + lag, 0));
