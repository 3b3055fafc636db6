/** Browser module: times of day, and Slack's date tokens. */
export const datesJs = String.raw`
const DAY = 86400000;
const short = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', year: 'numeric' });
const shortNoYear = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const long = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' });
const full = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });

const two = (number) => String(number).padStart(2, '0');

export function clockTime(ms, withSeconds) {
  const at = new Date(ms);
  return two(at.getHours()) + ':' + two(at.getMinutes()) + (withSeconds ? ':' + two(at.getSeconds()) : '');
}

function daysAgo(ms) {
  return Math.round((new Date().setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / DAY);
}

function pretty(ms, otherwise) {
  const word = { '-1': 'tomorrow', 0: 'today', 1: 'yesterday' }[daysAgo(ms)];
  return word || otherwise.format(ms);
}

export function dayName(ms) {
  const word = { 0: 'Today', 1: 'Yesterday' }[daysAgo(ms)];
  return word || long.format(ms);
}

export function tsMs(ts) {
  return Number(ts) * 1000;
}

export function ago(ms) {
  const minutes = Math.round(Math.abs(Date.now() - ms) / 60000);
  const future = ms > Date.now() + 30000;
  const text = minutes < 1 ? 'a moment' : minutes < 60 ? minutes + ' min' : minutes < 1440 ? Math.round(minutes / 60) + ' h' : Math.round(minutes / 1440) + ' days';
  return future ? 'in ' + text : text + ' ago';
}

export function slackDate(seconds, format, fallback) {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || !format) return fallback;
  const tokens = {
    date_num: () => new Date(ms).toISOString().slice(0, 10),
    date: () => short.format(ms),
    date_short: () => shortNoYear.format(ms),
    date_long: () => full.format(ms),
    date_pretty: () => pretty(ms, short),
    date_short_pretty: () => pretty(ms, shortNoYear),
    date_long_pretty: () => pretty(ms, full),
    day_divider_pretty: () => dayName(ms),
    time: () => clockTime(ms),
    time_secs: () => clockTime(ms, true),
    ago: () => ago(ms),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => (tokens[name] ? tokens[name]() : whole));
}
`;
