/** Browser module: selects, check boxes, radio buttons, dates. Calls `onPick(value)` with text or a list. */
export const choosersJs = `
import { h } from './dom.js';
import { plain, plainWords, textObject } from './text.js';
import { store, channelTitle } from './store.js';

export function chooser(part, { value, onPick }) {
  const type = part.type.replace(/^multi_/, '');
  if (part.type === 'checkboxes') return checkboxes(part, value, onPick);
  if (part.type === 'radio_buttons') return radios(part, value, onPick);
  if (part.type.startsWith('multi_')) return several(part, optionsFor(type, part), value, onPick);
  if (type === 'datepicker') return field('date', value ? value.selected_date : part.initial_date, onPick, part);
  if (type === 'timepicker') return field('time', value ? value.selected_time : part.initial_time, onPick, part);
  if (type === 'datetimepicker') return dateTime(part, value, onPick);
  return dropdown(part, optionsFor(type, part), value, onPick);
}

/** What was picked, in the shape of Slack's value objects. */
export function shapeOf(picked) {
  const list = Array.isArray(picked) ? picked : [];
  return {
    selected_option: { value: picked }, selected_user: picked, selected_channel: picked, selected_conversation: picked,
    selected_date: picked, selected_time: picked, selected_date_time: Number(picked),
    selected_options: list.map((value) => ({ value })), selected_users: list,
  };
}

function optionsFor(type, part) {
  if (type === 'users_select') return store.users.map((user) => ({ value: user.id, label: user.realName }));
  if (type === 'channels_select' || type === 'conversations_select') return store.channels.map((one) => ({ value: one.id, label: (one.isDirect ? '' : '#') + channelTitle(one) }));
  const flat = (options) => (options || []).map((option) => ({ value: option.value, label: plainWords(option.text) }));
  const groups = (part.option_groups || []).map((group) => ({ group: plainWords(group.label), options: flat(group.options) }));
  return [...flat(part.options), ...groups];
}

function currentOf(part, value) {
  if (!value) return (part.initial_option || {}).value || part.initial_user || part.initial_channel || part.initial_conversation || '';
  return (value.selected_option || {}).value || value.selected_user || value.selected_channel || value.selected_conversation || '';
}

function dropdown(part, options, value, onPick) {
  const current = currentOf(part, value);
  const item = (option) => (option.group ? h('optgroup', { label: option.group }, option.options.map(item)) : h('option', { value: option.value, selected: option.value === current }, option.label));
  const placeholder = part.placeholder ? plainWords(part.placeholder) : 'Choose an option';
  return h('select', { class: 'select', 'data-action': part.action_id, 'aria-label': placeholder, onchange: (event) => onPick(event.target.value) },
    h('option', { value: '', disabled: true, selected: current === '' }, placeholder), options.map(item));
}

function tick(kind, option, name, checked, onchange) {
  const words = h('span', {}, textObject(option.text), option.description ? h('small', {}, plain(plainWords(option.description))) : null);
  return h('label', { class: 'tick' }, h('input', { type: kind, name, value: option.value, checked, onchange }), words);
}

function checkboxes(part, value, onPick) {
  const chosen = ((value ? value.selected_options : part.initial_options) || []).map((option) => option.value);
  const box = h('div', { class: 'ticks', 'data-action': part.action_id });
  const pick = () => onPick([...box.querySelectorAll('input:checked')].map((input) => input.value));
  box.append(...part.options.map((option) => tick('checkbox', option, part.action_id, chosen.includes(option.value), pick)));
  return box;
}

function radios(part, value, onPick) {
  const current = currentOf(part, value);
  const name = part.action_id + Math.random();
  return h('div', { class: 'ticks', 'data-action': part.action_id, role: 'radiogroup' }, part.options.map((option) => tick('radio', option, name, option.value === current, () => onPick(option.value))));
}

function several(part, options, value, onPick) {
  const initial = (part.initial_options || []).map((option) => option.value).concat(part.initial_users || []);
  const chosen = value ? (value.selected_options || []).map((option) => option.value).concat(value.selected_users || []) : initial;
  const asOption = (option) => ({ value: option.value, text: { type: 'plain_text', text: option.label } });
  const flat = options.flatMap((option) => (option.group ? option.options : [option])).map(asOption);
  const initialOptions = flat.filter((option) => chosen.includes(option.value));
  return checkboxes({ action_id: part.action_id, options: flat, initial_options: initialOptions }, undefined, onPick);
}

function field(type, current, onPick, part) {
  return h('input', { type, class: 'field-input short', value: current || '', 'data-action': part.action_id, onchange: (event) => onPick(event.target.value) });
}

function dateTime(part, value, onPick) {
  const seconds = value ? value.selected_date_time : part.initial_date_time;
  const local = seconds ? new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '';
  return field('datetime-local', local, (text) => onPick(String(Math.floor(new Date(text).getTime() / 1000))), part);
}
`;
