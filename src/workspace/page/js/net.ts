/** Browser module: talks to the workspace server and listens to what changes. */
export const netJs = `
import { store, changed, loadState, keyOf } from './store.js';

export async function act(verb, input) {
  try {
    const response = await fetch('/page/act/' + verb, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) });
    return await response.json();
  } catch {
    return { ok: false, error: 'workspace_offline', hint: 'The local workspace does not answer. Is it still running?' };
  }
}

async function refresh() {
  const response = await fetch('/page/state');
  loadState(await response.json());
  store.online = true;
  changed('all');
}

export function connect() {
  const source = new EventSource('/page/events');
  source.onopen = () => refresh();
  source.onerror = () => { store.online = false; changed('sidebar'); };
  source.onmessage = (event) => take(JSON.parse(event.data));
}

function take(event) {
  if (event.type === 'posted' || event.type === 'updated') takeMessage(event);
  else if (event.type === 'deleted') takeDeleted(event);
  else if (event.type === 'views') { store.views[event.user] = event.stack; changed('views'); }
  else if (event.type === 'problem') { store.problems.set(event.channel + '/' + event.ts + '/' + event.user, event.text); changed('messages'); }
  else if (event.type === 'channels') { store.channels = event.channels; changed('sidebar'); }
  else if (event.type === 'connections') { store.apps = event.apps; changed('sidebar'); }
  else if (event.type === 'record') takeRecord(event.record);
  else if (event.type === 'reset') { store.ephemerals.clear(); store.problems.clear(); store.thread = null; refresh(); }
}

function takeMessage({ type, message }) {
  const home = message.ephemeral_to ? store.ephemerals : store.messages;
  home.set(keyOf(message), message);
  for (const key of [...store.problems.keys()]) if (type === 'updated' && key.startsWith(keyOf(message) + '/')) store.problems.delete(key);
  if (message.ephemeral_to && message.ephemeral_to !== store.me) { store.calling.add(message.ephemeral_to); changed('sidebar'); }
  const elsewhere = message.channel !== store.channel && message.user !== store.me;
  if (type === 'posted' && elsewhere && !message.ephemeral_to) store.unread.set(message.channel, (store.unread.get(message.channel) || 0) + 1);
  changed('messages', elsewhere ? 'sidebar' : 'messages');
}

function takeDeleted(event) {
  store.messages.delete(event.channel + '/' + event.ts);
  store.ephemerals.delete(event.channel + '/' + event.ts);
  changed('messages');
}

function takeRecord(record) {
  store.records.push(record);
  if (store.records.length > 400) store.records.shift();
  changed('log');
}
`;
