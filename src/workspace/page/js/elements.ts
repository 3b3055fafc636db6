/** Browser module: things to press and to choose. Every use goes through `use`, which asks first if it must. */
export const elementsJs = String.raw`
import { h } from './dom.js';
import { act } from './net.js';
import { plain, plainWords } from './text.js';
import { confirmed } from './confirm.js';
import { chooser, shapeOf } from './choosers.js';
import { store, changed, keyOf } from './store.js';

export function element(part, block, place) {
  if (part.type === 'button') return button(part, block, place);
  if (part.type === 'overflow') return overflow(part, block, place);
  if (part.type === 'image') return part.image_url ? h('img', { class: 'thumb', src: part.image_url, alt: part.alt_text }) : h('span', { class: 'muted' }, part.alt_text);
  const known = place.values && place.values[block.block_id] ? place.values[block.block_id][part.action_id] : undefined;
  const key = store.me + '/' + busyKey(part, block, place);
  const value = picks.has(key) ? shapeOf(picks.get(key)) : known;
  return chooser(part, { value, onPick: (picked) => { picks.set(key, picked); use('select', { part, block, place, value: picked }); } });
}

// What was chosen in a message stays chosen while the message is drawn again.
const picks = new Map();

function address(part, block, place) {
  const where = place.message ? { channel: place.message.channel, ts: place.message.ts } : { viewId: place.view.id };
  return { user: store.me, ...where, actionId: part.action_id, blockId: block.block_id };
}

const busyKey = (part, block, place) => (place.message ? keyOf(place.message) : place.view.id) + '/' + block.block_id + '/' + part.action_id + '/' + (part.value || '');

function button(part, block, place) {
  const busy = store.busy.has(busyKey(part, block, place));
  const props = { type: 'button', class: 'button ' + (part.style || '') + (busy ? ' busy' : ''), 'aria-label': part.accessibility_label, 'aria-busy': busy };
  return h('button', { ...props, 'data-action': part.action_id, onclick: () => press(part, block, place) }, busy ? h('span', { class: 'spinner' }) : null, plain(plainWords(part.text)));
}

function press(part, block, place) {
  if (part.url && /^https?:/i.test(part.url)) window.open(part.url, '_blank', 'noopener');
  return use('click', { part, block, place, value: part.value });
}

async function use(verb, { part, block, place, value }) {
  const key = busyKey(part, block, place);
  if (store.busy.has(key)) return;
  if (part.confirm && !(await confirmed(part.confirm))) return;
  if (place.message) store.problems.delete(keyOf(place.message) + '/' + store.me);
  store.busy.add(key);
  changed('messages', 'views');
  // A stale picture is sent as what it is: the version that was on the screen.
  const stale = place.message ? { stale: place.message.version } : {};
  const outcome = await act(verb, { ...address(part, block, place), ...stale, ...(value === undefined ? {} : { value }), ...(part.confirm ? { confirm: true } : {}) });
  store.busy.delete(key);
  if (!outcome.ok && place.message) store.problems.set(keyOf(place.message) + '/' + store.me, outcome.hint || 'This action failed: ' + outcome.error);
  changed('messages', 'views');
}

function overflow(part, block, place) {
  const menu = h('details', { class: 'overflow' });
  const choose = (option) => () => {
    menu.open = false;
    if (option.url) window.open(option.url, '_blank', 'noopener');
    use('select', { part, block, place, value: option.value });
  };
  menu.append(h('summary', { class: 'button', 'aria-label': 'More actions' }, '\u22ef'), h('div', { class: 'menu', role: 'menu' }, part.options.map((option) => h('button', { type: 'button', role: 'menuitem', onclick: choose(option) }, plain(plainWords(option.text))))));
  return menu;
}
`;
