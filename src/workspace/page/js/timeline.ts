/** Browser module: a list of messages that is changed in place and never jumps. */
export const timelineJs = `
import { h } from './dom.js';
import { dayName, tsMs } from './dates.js';
import { lookOf, messageElement } from './message.js';

const GROUP_MS = 5 * 60 * 1000;
const NEAR_END = 60;

/** Keeps one scrolling list up to date. draw(messages, options) may be called as often as one likes. */
export function createTimeline(scroller) {
  const list = h('div', { class: 'list', role: 'log', 'aria-live': 'polite' });
  scroller.append(list);
  let known = new Map();
  let key = '';
  let end = true;
  scroller.addEventListener('scroll', () => { end = isAtEnd(); });
  // The window, the traffic drawer or the composer took room: whoever read the end still does.
  new ResizeObserver(() => { if (end) scroller.scrollTop = scroller.scrollHeight; }).observe(scroller);

  function draw(messages, options) {
    const fresh = key !== options.key;
    const atEnd = fresh || isAtEnd();
    const anchor = atEnd ? undefined : firstVisible();
    const focused = focusKey();
    if (fresh) { known = new Map(); list.replaceChildren(); key = options.key; }
    place(rows(messages, options));
    restoreFocus(focused);
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (anchor && anchor.row.node.isConnected) scroller.scrollTop += anchor.row.node.getBoundingClientRect().top - anchor.top;
  }

  function isAtEnd() {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  }

  function rows(messages, options) {
    const wanted = [];
    let before;
    let day;
    if (options.intro) wanted.push(row('intro', options.key, options.intro));
    for (const message of messages) {
      const name = dayName(tsMs(message.ts));
      if (name !== day) {
        day = name;
        wanted.push(row('day-' + name, name, () => h('div', { class: 'day' }, h('span', {}, name))));
        before = undefined;
      }
      const grouped = Boolean(before) && before.user === message.user && before.ephemeral_to === message.ephemeral_to && !message.bot_id && message.subtype === before.subtype && tsMs(message.ts) - tsMs(before.ts) < GROUP_MS;
      const own = { ...options, grouped };
      wanted.push(row((message.ephemeral_to ? 'e' : 'm') + message.ts, lookOf(message, own), () => messageElement(message, own)));
      before = message;
      if (options.inThread && message.ts === options.root && messages.length > 1) {
        const words = messages.length === 2 ? '1 reply' : messages.length - 1 + ' replies';
        wanted.push(row('replies', words, () => h('div', { class: 'replies-rule' }, words)));
        before = undefined;
      }
    }
    return wanted;
  }

  // Draws again only what looks different.
  function row(id, look, make) {
    const old = known.get(id);
    if (old && old.look === look) return old;
    const node = make();
    if (old) old.node.replaceWith(node);
    const entry = old || { id };
    entry.look = look;
    entry.node = node;
    known.set(id, entry);
    return entry;
  }

  function place(wanted) {
    const keep = new Set(wanted);
    for (const entry of [...known.values()]) if (!keep.has(entry)) { entry.node.remove(); known.delete(entry.id); }
    wanted.forEach((entry, index) => { if (list.children[index] !== entry.node) list.insertBefore(entry.node, list.children[index] || null); });
  }

  // The first row that begins inside the view; when one message fills the view, that message.
  function firstVisible() {
    const view = scroller.getBoundingClientRect();
    let around;
    for (const entry of [...known.values()].sort((a, b) => a.node.offsetTop - b.node.offsetTop)) {
      const box = entry.node.getBoundingClientRect();
      if (box.bottom <= view.top) continue;
      if (box.top >= view.top && box.top < view.bottom) return { row: entry, top: box.top };
      around = around || { row: entry, top: box.top };
    }
    return around;
  }

  function focusKey() {
    const active = document.activeElement;
    if (!active || !list.contains(active) || !active.dataset.action) return undefined;
    return { ts: active.closest('.message').dataset.ts, action: active.dataset.action };
  }

  function restoreFocus(focused) {
    if (!focused || list.contains(document.activeElement)) return;
    const again = list.querySelector('[data-ts="' + focused.ts + '"] [data-action="' + CSS.escape(focused.action) + '"]');
    if (again) again.focus({ preventScroll: true });
  }

  return { draw };
}
`;
