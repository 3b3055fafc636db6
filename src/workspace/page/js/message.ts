/** Browser module: one message. */
export const messageJs = String.raw`
import { h, icon } from './dom.js';
import { blocks } from './blocks.js';
import { mrkdwn } from './text.js';
import { clockTime, dayName, tsMs } from './dates.js';
import { emoji, withEmoji } from './emoji.js';
import { store, changed, person, repliesTo, keyOf } from './store.js';

export function avatar(id, size) {
  const who = person(id);
  const letters = who.name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('');
  return h('span', { class: 'avatar ' + (size || '') + (who.bot ? ' bot' : ''), style: { '--colour': who.colour }, 'aria-hidden': 'true' }, who.emoji ? withEmoji(who.emoji) : letters);
}

/** What the drawing depends on; the same look is not drawn twice. */
export function lookOf(message, options) {
  const replies = options.inThread ? [] : repliesTo(message);
  const busy = [...store.busy].filter((key) => key.startsWith(keyOf(message))).join();
  const problem = store.problems.get(keyOf(message) + '/' + store.me) || '';
  return [message.version, JSON.stringify(message.reactions || ''), replies.length, replies.length ? replies.at(-1).ts : '', options.grouped, busy, problem, store.me, store.thread === message.ts].join('|');
}

export function messageElement(message, options) {
  const who = person(message.user);
  const problem = store.problems.get(keyOf(message) + '/' + store.me);
  const ephemeral = Boolean(message.ephemeral_to);
  const cls = ['message', options.grouped ? 'grouped' : '', ephemeral ? 'ephemeral' : '', store.thread === message.ts && !options.inThread ? 'selected' : ''].join(' ');
  return h('article', { class: cls, 'data-ts': message.ts, 'aria-label': who.name },
    h('div', { class: 'gutter' }, options.grouped ? h('time', { class: 'gutter-time' }, clockTime(tsMs(message.ts))) : avatar(message.user)),
    h('div', { class: 'content' },
      ephemeral ? h('div', { class: 'only-you' }, icon('eye'), 'Only visible to you') : null,
      broadcastNote(message, options),
      options.grouped ? null : headline(message, who),
      body(message),
      reactions(message),
      problem ? h('div', { class: 'problem', role: 'alert' }, emoji('warning'), problem) : null,
      ephemeral ? h('button', { type: 'button', class: 'dismiss', onclick: () => dismiss(message) }, 'Dismiss message') : null,
      options.inThread ? null : threadLink(message)),
    options.inThread || ephemeral ? null : tools(message));
}

function headline(message, who) {
  return h('div', { class: 'headline' }, h('span', { class: 'author' }, who.name), message.bot_id ? h('span', { class: 'badge' }, 'APP') : null,
    h('time', { class: 'time', title: new Date(tsMs(message.ts)).toString() }, clockTime(tsMs(message.ts))));
}

function body(message) {
  const drawn = message.blocks && message.blocks.length > 0;
  const text = drawn ? null : h('div', { class: 'text' }, mrkdwn(message.text), message.edited ? h('span', { class: 'muted edited' }, ' (edited)') : null);
  return h('div', { class: 'body' }, text, drawn ? blocks(message.blocks, { message, values: message.state_values }) : null, (message.attachments || []).map((part) => attachment(part, message)));
}

function attachment(part, message) {
  return h('div', { class: 'attachment', style: { '--colour': /^#?[0-9a-f]{6}$/i.test(part.color || '') ? '#' + part.color.replace('#', '') : null } }, part.title ? h('strong', {}, part.title) : null, part.text ? h('div', {}, mrkdwn(part.text)) : null, blocks(part.blocks, { message }));
}

function reactions(message) {
  if (!message.reactions || message.reactions.length === 0) return null;
  const one = ({ name, users }) => h('span', { class: 'reaction', title: users.map((id) => person(id).name).join(', ') }, emoji(name) || ':' + name + ':', ' ', users.length);
  return h('div', { class: 'reactions' }, message.reactions.map(one));
}

function broadcastNote(message, options) {
  if (message.subtype !== 'thread_broadcast' || options.inThread) return null;
  return h('button', { type: 'button', class: 'broadcast', onclick: () => openThread(message.thread_ts) }, icon('reply'), 'replied to a thread');
}

function threadLink(message) {
  if (message.thread_ts && message.thread_ts !== message.ts) return null;
  const replies = repliesTo(message);
  if (replies.length === 0) return null;
  const people = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const last = tsMs(replies.at(-1).ts);
  return h('button', { type: 'button', class: 'thread-link', onclick: () => openThread(message.ts) },
    people.map((id) => avatar(id, 'tiny')), h('span', { class: 'thread-count' }, replies.length + (replies.length === 1 ? ' reply' : ' replies')),
    h('span', { class: 'muted' }, 'Last reply ' + (dayName(last) === 'Today' ? 'today' : dayName(last)) + ' at ' + clockTime(last)));
}

function tools(message) {
  return h('div', { class: 'tools' }, h('button', { type: 'button', class: 'ghost', title: 'Reply in thread', 'aria-label': 'Reply in thread', onclick: () => openThread(message.thread_ts || message.ts) }, icon('reply')));
}

export function openThread(ts) {
  store.thread = ts;
  changed('thread', 'messages');
  setTimeout(() => { const field = document.querySelector('#thread textarea'); if (field) field.focus(); });
}

function dismiss(message) {
  store.ephemerals.delete(keyOf(message));
  changed('messages');
}
`;
