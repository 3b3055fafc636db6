/** Browser module: where one writes. A line that begins with / is a command. */
export const composerJs = String.raw`
import { h, fill, icon } from './dom.js';
import { avatar } from './message.js';
import { act } from './net.js';
import { store } from './store.js';

export function createComposer({ id, where, placeholder }) {
  const hints = h('div', { class: 'hints', role: 'listbox' });
  const field = h('textarea', { id, rows: 1, 'aria-label': 'Message', autocomplete: 'off', spellcheck: 'true', oninput: typed, onkeydown: pressed });
  const button = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send', disabled: true }, icon('send'));
  const note = h('div', { class: 'composer-note' }, h('span', {}, h('kbd', {}, 'Enter'), ' to send'), h('span', {}, h('kbd', {}, 'Shift Enter'), ' for a new line'), h('span', {}, h('kbd', {}, '/'), ' for commands'));
  const form = h('form', { class: 'composer', onsubmit: (event) => { event.preventDefault(); send(); } }, hints, h('div', { class: 'composer-box' }, field, button), note);
  let marked = 0;

  function commands() {
    return store.apps.flatMap((app) => app.commands.map((command) => ({ ...command, app })));
  }

  function matches() {
    const word = field.value.split(/\s/)[0];
    if (!field.value.startsWith('/') || field.value.includes('\n')) return [];
    return field.value.includes(' ') ? commands().filter((one) => one.command === word) : commands().filter((one) => one.command.startsWith(word));
  }

  function typed() {
    field.style.height = 'auto';
    field.style.height = Math.min(field.scrollHeight, 220) + 'px';
    button.disabled = field.value.trim() === '';
    marked = 0;
    drawHints();
  }

  function drawHints() {
    const found = matches();
    hints.hidden = found.length === 0;
    fill(hints, found.map((one, index) => h('button', { type: 'button', role: 'option', class: index === marked ? 'hint marked' : 'hint', onclick: () => complete(one) },
      avatar(one.app.botUser, 'small'),
      h('span', { class: 'hint-words' }, h('span', {}, h('strong', {}, one.command), ' ', h('span', { class: 'muted' }, one.usageHint)), h('small', {}, one.description)),
      h('span', { class: 'muted' }, one.app.name))));
  }

  function complete(one) {
    if (!field.value.startsWith(one.command + ' ')) field.value = one.command + ' ';
    typed();
    field.focus();
  }

  function pressed(event) {
    const found = matches();
    const partial = found.length > 0 && !field.value.includes(' ') && found[marked] && found[marked].command !== field.value;
    if ((event.key === 'Tab' && found.length > 0 && !field.value.includes(' ')) || (event.key === 'Enter' && !event.shiftKey && partial)) { event.preventDefault(); complete(found[marked]); }
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
    else if (found.length > 1 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) { event.preventDefault(); marked = (marked + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length; drawHints(); }
    else if (event.key === 'Escape') hints.hidden = true;
  }

  async function send() {
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    typed();
    const place = where();
    const [command] = text.split(/\s+/);
    const outcome = text.startsWith('/') ? await act('command', { user: store.me, ...place, command, text: text.slice(command.length).trim() }) : await act('say', { user: store.me, ...place, text });
    // A command that failed says so in a private line; anything else that went wrong is said here.
    if (outcome.ok || outcome.responses && outcome.responses.length > 0) return;
    field.value = text;
    typed();
    note.textContent = outcome.hint || 'Not sent: ' + outcome.error;
  }

  drawHints();
  return { form, field, draw() { field.placeholder = placeholder(); } };
}
`;
