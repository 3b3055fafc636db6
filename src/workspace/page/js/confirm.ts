/** Browser module: the confirm dialog of an element. Resolves true only for its confirm button. */
export const confirmJs = `
import { h } from './dom.js';
import { plain, plainWords, textObject } from './text.js';

export function confirmed(confirm) {
  return new Promise((resolve) => {
    const answer = (value) => () => { dialog.returnValue = value; dialog.close(value); };
    const dialog = h('dialog', { class: 'dialog confirm', 'aria-label': plainWords(confirm.title) || 'Please confirm' },
      h('h2', {}, plain(plainWords(confirm.title) || 'Are you sure?')),
      h('div', { class: 'dialog-body' }, textObject(confirm.text)),
      h('div', { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', 'data-confirm': 'no', onclick: answer('no') }, plain(plainWords(confirm.deny) || 'Cancel')),
        h('button', { type: 'button', class: 'button ' + (confirm.style || 'primary'), 'data-confirm': 'yes', autofocus: true, onclick: answer('yes') }, plain(plainWords(confirm.confirm) || 'Confirm'))));
    dialog.addEventListener('close', () => { dialog.remove(); resolve(dialog.returnValue === 'yes'); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
`;
