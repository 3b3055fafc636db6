/** Browser module: what went over the wire – API calls, deliveries, acks with milliseconds. */
export const logJs = `
import { h, fill } from './dom.js';
import { store } from './store.js';

const WORDS = { api: 'API', delivery: 'sent', late_ack: 'late ack', response_url: 'response', socket: 'socket', fault: 'fault', control: 'control' };

let drawn = 0;

/** Adds what is new; lines that were opened stay open. */
export function drawLog(root) {
  if (root.hidden) return;
  const fresh = store.records.filter((record) => record.n > drawn);
  if (drawn === 0) fill(root, fresh.length === 0 ? h('p', { class: 'muted' }, 'Nothing yet: API calls and deliveries appear here from now on.') : null);
  if (fresh.length === 0) return;
  const atEnd = drawn === 0 || root.scrollHeight - root.scrollTop - root.clientHeight < 40;
  root.append(...fresh.map(line));
  while (root.children.length > 400) root.firstElementChild.remove();
  drawn = fresh.at(-1).n;
  if (atEnd) root.scrollTop = root.scrollHeight;
}

function line(record) {
  const failed = record.ok === false;
  const head = h('summary', {},
    h('time', {}, record.at.slice(11, 23)), h('span', { class: 'kind kind-' + record.kind }, WORDS[record.kind] || record.kind),
    h('span', { class: 'log-name' }, record.name), failed ? h('span', { class: 'log-error' }, record.error) : null,
    record.ms === undefined ? null : h('span', { class: 'ms' }, record.ms + ' ms'));
  return h('details', { class: failed ? 'log-line failed' : 'log-line' }, head, h('pre', {}, JSON.stringify(record.detail || {}, null, 2)));
}
`;
