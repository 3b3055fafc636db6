/** Browser module: puts the parts together and draws what changed. */
export const mainJs = String.raw`
import { h, fill, icon } from './dom.js';
import { connect } from './net.js';
import { createComposer } from './composer.js';
import { createTimeline } from './timeline.js';
import { avatar } from './message.js';
import { drawActing, drawSidebar } from './sidebar.js';
import { drawLog } from './log.js';
import { drawModal } from './modal.js';
import { store, onChange, changed, channel, channelTitle, messagesIn, person } from './store.js';

const at = (id) => document.getElementById(id);
const title = () => { const one = channel(store.channel); return one ? (one.isDirect ? '' : '#') + channelTitle(one) : ''; };

const composer = createComposer({ id: 'message-field', where: () => ({ channel: store.channel }), placeholder: () => 'Message ' + title() });
const reply = createComposer({ id: 'reply-field', where: () => ({ channel: store.channel, threadTs: store.thread }), placeholder: () => 'Reply\u2026' });
at('main').append(composer.form);
at('thread').append(reply.form);
const timeline = createTimeline(at('messages'));
const thread = createTimeline(at('replies'));

function drawHeader() {
  const one = channel(store.channel);
  if (!one) return;
  const people = h('div', { class: 'stack', title: one.members.map((id) => person(id).name).join(', ') }, one.members.slice(0, 5).map((id) => avatar(id, 'tiny')), h('span', { class: 'muted' }, one.members.length));
  fill(at('header'), h('button', { type: 'button', class: 'ghost menu-button', 'aria-label': 'Channels', onclick: () => document.body.classList.toggle('menu-open') }, icon('lines')),
    h('h1', {}, one.isDirect ? null : h('span', { class: 'hash' }, '#'), channelTitle(one)), h('span', { class: 'topic' }, one.topic), people,
    h('button', { type: 'button', class: 'ghost with-word', 'aria-pressed': String(!at('log').hidden), onclick: toggleLog }, icon('pulse'), 'Traffic'));
  document.title = title() + ' \u2013 ' + store.team.name + ' (local workspace)';
}

function intro() {
  const one = channel(store.channel);
  const command = store.apps.flatMap((app) => app.commands)[0];
  const example = command ? command.command + ' ' + command.usageHint.split('|')[0].trim() : '';
  return h('div', { class: 'intro' },
    h('div', { class: 'intro-mark' }, one.isDirect ? '@' : '#'), h('h2', {}, one.isDirect ? channelTitle(one) : 'Welcome to #' + one.name),
    h('p', {}, 'This is a local workspace, not Slack: it speaks the same protocol, and everything stays on this computer. '),
    example && !one.isDirect ? h('p', {}, 'Type ', h('button', { type: 'button', class: 'try', onclick: () => tryOut(example) }, example), ' to begin. Use ', h('strong', {}, 'Acting as'), ' at the top to answer as somebody else.') : null);
}

function tryOut(text) {
  composer.field.value = text;
  composer.field.dispatchEvent(new Event('input'));
  composer.field.focus();
}

function toggleLog() {
  at('log').hidden = !at('log').hidden;
  changed('log', 'header');
}

function closeThread() {
  store.thread = null;
  changed('thread', 'messages');
}

function drawThread() {
  const open = Boolean(store.thread);
  document.body.classList.toggle('thread-open', open);
  at('thread').hidden = !open;
  if (!open) return;
  fill(at('thread-head'), h('h2', {}, 'Thread'), h('span', { class: 'muted' }, title()), h('button', { type: 'button', class: 'ghost', 'aria-label': 'Close thread', onclick: closeThread }, icon('close')));
  thread.draw(messagesIn(store.channel, store.thread), { key: store.channel + '/' + store.thread + '/' + store.me, inThread: true, root: store.thread });
  reply.draw();
}

onChange((kinds) => {
  const any = (...wanted) => kinds.has('all') || wanted.some((kind) => kinds.has(kind));
  if (!channel(store.channel)) return drawSidebar(at('sidebar'));
  if (any('sidebar')) { drawSidebar(at('sidebar')); drawActing(at('acting')); }
  if (any('header', 'sidebar')) drawHeader();
  if (any('messages')) timeline.draw(messagesIn(store.channel), { key: store.channel + '/' + store.me, intro });
  if (any('thread', 'messages')) drawThread();
  if (any('views')) drawModal();
  if (any('log')) drawLog(at('log'));
  composer.draw();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && store.thread && !document.querySelector('dialog[open]')) closeThread();
});
at('scrim').addEventListener('click', () => document.body.classList.remove('menu-open'));
connect();
composer.field.focus();
`;
