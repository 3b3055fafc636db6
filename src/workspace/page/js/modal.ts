/** Browser module: the acting person's modal on top. What is typed is kept while the app changes the view. */
export const modalJs = `
import { h, fill, icon } from './dom.js';
import { act } from './net.js';
import { avatar } from './message.js';
import { blocks } from './blocks.js';
import { plain, plainWords } from './text.js';
import { store } from './store.js';

const drafts = new Map();
let shown = '';
let dialog;
let sending = false;

export function drawModal() {
  const stack = store.views[store.me] || [];
  const view = stack[stack.length - 1];
  if (!view) { if (dialog && dialog.open) dialog.close(); shown = ''; return; }
  const look = JSON.stringify([view.id, view.hash, view.errors, view.problem, view.state, sending, [...store.busy]]);
  if (look === shown) return;
  const focus = document.activeElement ? document.activeElement.dataset.action : undefined;
  shown = look;
  if (!dialog) {
    dialog = h('dialog', { class: 'dialog modal' });
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); closeTop(); });
    document.body.append(dialog);
  }
  fill(dialog, content(view, stack.length));
  if (!dialog.open) dialog.showModal();
  const again = focus ? dialog.querySelector('[data-action="' + CSS.escape(focus) + '"]') : null;
  if (again) again.focus();
}

function topView() {
  return (store.views[store.me] || []).at(-1);
}

function content(view, depth) {
  if (!drafts.has(view.id)) drafts.set(view.id, {});
  const place = { view, drafts: drafts.get(view.id), values: view.state.values, errors: view.errors };
  const app = store.apps.find((one) => one.id === view.app_id);
  return h('form', { class: 'modal-form', novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); } },
    h('header', { class: 'modal-head' },
      app ? avatar(app.botUser, 'small') : null,
      h('h2', {}, plain(plainWords(view.title))), depth > 1 ? h('span', { class: 'muted' }, depth + ' deep') : null,
      h('button', { type: 'button', class: 'ghost', 'aria-label': 'Close', onclick: closeTop }, icon('close'))),
    view.problem ? h('div', { class: 'modal-problem', role: 'alert' }, view.problem) : null,
    h('div', { class: 'modal-body' }, blocks(view.blocks, place)),
    h('footer', { class: 'dialog-foot' },
      h('button', { type: 'button', class: 'button', onclick: closeTop }, plain(plainWords(view.close) || 'Cancel')),
      view.submit ? h('button', { type: 'submit', class: 'button primary' + (sending ? ' busy' : ''), disabled: sending }, sending ? h('span', { class: 'spinner' }) : null, plain(plainWords(view.submit))) : null));
}

async function send() {
  const view = topView();
  if (!view || sending) return;
  sending = true;
  drawModal();
  await act('submit', { user: store.me, viewId: view.id, values: drafts.get(view.id) || {} });
  sending = false;
  drawModal();
}

function closeTop() {
  const view = topView();
  if (view) act('closeModal', { user: store.me, viewId: view.id });
}
`;
