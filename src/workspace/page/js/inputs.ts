/** Browser module: input blocks, in modals (kept until submitted) and in messages (kept by the server). */
export const inputsJs = `
import { h } from './dom.js';
import { act } from './net.js';
import { chooser, shapeOf } from './choosers.js';
import { plain, plainWords } from './text.js';
import { store } from './store.js';

const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'number' };

export function inputBlock(block, place) {
  const error = place.errors ? place.errors[block.block_id] : undefined;
  const field = inputField(block, place);
  if (error) field.setAttribute('aria-invalid', 'true');
  return h('div', { class: 'input' + (error ? ' wrong' : '') },
    h('label', { class: 'input-label' }, h('span', {}, plain(plainWords(block.label)), block.optional ? h('span', { class: 'muted' }, ' (optional)') : null), field),
    error ? h('div', { class: 'input-error', role: 'alert' }, error) : null,
    block.hint ? h('div', { class: 'input-hint' }, plain(plainWords(block.hint))) : null);
}

function inputField(block, place) {
  const part = block.element;
  const known = place.values && place.values[block.block_id] ? place.values[block.block_id][part.action_id] : undefined;
  const drafted = draftOf(block, place);
  const keep = (value) => keepValue(block, place, value);
  if (!['plain_text_input', ...Object.keys(TYPES)].includes(part.type)) return chooser(part, { value: drafted === undefined ? known : shapeOf(drafted), onPick: keep });
  const value = drafted !== undefined ? drafted : (known ? known.value : part.initial_value) || '';
  const props = { class: 'field-input', value, placeholder: part.placeholder ? plainWords(part.placeholder) : null, maxlength: part.max_length, 'data-action': part.action_id, autofocus: part.focus_on_load };
  const listener = place.view ? { oninput: (event) => keep(event.target.value) } : { onchange: (event) => keep(event.target.value) };
  if (part.multiline) return h('textarea', { ...props, ...listener, rows: 4 });
  return h('input', { ...props, ...listener, type: TYPES[part.type] || 'text', step: part.is_decimal_allowed ? 'any' : null, min: part.min_value, max: part.max_value });
}

function draftOf(block, place) {
  if (!place.drafts) return undefined;
  const own = place.drafts[block.block_id];
  return own ? own[block.element.action_id] : undefined;
}

function keepValue(block, place, value) {
  const actionId = block.element.action_id;
  if (place.drafts) place.drafts[block.block_id] = { ...place.drafts[block.block_id], [actionId]: value };
  if (place.view && !block.dispatch_action) return;
  const where = place.view ? { viewId: place.view.id } : { channel: place.message.channel, ts: place.message.ts };
  act('select', { user: store.me, ...where, actionId, blockId: block.block_id, value });
}
`;
