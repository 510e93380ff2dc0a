/** Numbers, times and words as the page shows them. All times are UTC. */

const WHOLE = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const SHORT = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const number = value => (value === null || value === undefined ? '–' : WHOLE.format(value));

export const short = value => (Math.abs(value) < 10_000 ? WHOLE.format(value) : SHORT.format(value));

/** A share of 0 to 1 as a percentage; a little is never shown as nothing, and almost all never as all. */
export function percent(share) {
  if (share === null || share === undefined) {
    return '–';
  }
  const value = share * 100;
  if (value > 0 && value < 1) {
    return '<1%';
  }
  if (value > 99 && value < 100) {
    return '>99%';
  }
  return `${Math.round(value)}%`;
}

/** 2026-01-05 08:15 */
export function time(instant) {
  return instant ? `${instant.slice(0, 10)} ${instant.slice(11, 16)}` : '–';
}

/** 08:15 */
export const clock = instant => (instant ? instant.slice(11, 16) : '–');

/** 2026-01-05 */
export const day = instant => (instant ? instant.slice(0, 10) : '');

/** 30 d, 3 d 4 h, 2 h 5 min, 12 min, 40 s; never more than two units. */
export function duration(millis) {
  const value = Math.abs(millis);
  if (value < MINUTE) {
    return `${Math.floor(value / 1000)} s`;
  }
  if (value < HOUR) {
    return `${Math.floor(value / MINUTE)} min`;
  }
  if (value < DAY) {
    return two(Math.floor(value / HOUR), 'h', Math.floor((value % HOUR) / MINUTE), 'min');
  }
  const days = Math.floor(value / DAY);
  return days < 10 ? two(days, 'd', Math.floor((value % DAY) / HOUR), 'h') : `${days} d`;
}

/** How long ago. */
export function age(instant) {
  return instant ? duration(Date.now() - Date.parse(instant)) : '–';
}

/** Time left, to the second in the last hour; "overdue" when it has passed. */
export function countdown(instant) {
  if (!instant) {
    return '–';
  }
  const left = Date.parse(instant) - Date.now();
  if (left <= 0) {
    return 'overdue';
  }
  if (left < HOUR) {
    const seconds = Math.floor(left / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  return duration(left);
}

/** How near an expiry is, as a class name. */
export function urgency(instant) {
  if (!instant) {
    return '';
  }
  const left = Date.parse(instant) - Date.now();
  if (left < HOUR) {
    return 'critical';
  }
  if (left < 4 * HOUR) {
    return 'high';
  }
  return left < 12 * HOUR ? 'warning' : '';
}

/** 1.4 GiB */
export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let amount = value;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount < 10 && unit > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[unit]}`;
}

/** One recipient, 2 recipients. */
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

const WORDS = {
  'our-admin': 'our administrator',
  'remote-organisation': 'the remote organisation',
  sender: 'the sender',
  'gave-up': 'queue ended by expiry',
  clear: 'OK',
  unseen: 'not seen',
};

/** An error without the container that Exchange puts around it, such as [{LED=450 4.4.316 …};{MSG=};{FQDN=};…]. */
export function errorText(text) {
  const led = text.indexOf('LED=');
  const inside = led < 0 ? text : text.slice(led + 4);
  const end = inside.indexOf('};');
  return (end < 0 ? inside : inside.slice(0, end)).replaceAll(/\s+/g, ' ').trim();
}

/** A length as ISO 8601 writes it, PT1H, as people do. */
export const readable = text => text.replaceAll(/\bP(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?(?=$|\s)/g,
  (whole, days, hours, minutes) => [days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`].filter(Boolean).join(' ') || whole);

/** A word of the records as people read it. */
export const word = token => WORDS[token] ?? String(token ?? '–').replaceAll('-', ' ');

function two(large, largeUnit, small, smallUnit) {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
