/** Browser module: plan and task_card blocks – tasks that open, with a sign for their status. */
export const planJs = String.raw`
import { h, icon } from './dom.js';
import { link, plain } from './text.js';
import { richText } from './rich-text.js';

// Which tasks a person has opened or closed; survives every edit of the message.
const folded = new Map();

const WORDS = { pending: 'Pending', in_progress: 'In progress', complete: 'Complete', error: 'Failed' };

export function planBlock(block, place) {
  const tasks = block.tasks || [];
  const key = placeKey(place) + '/plan/' + block.title.replace(/\d+/g, '#');
  const count = (status) => tasks.filter((task) => task.status === status).length;
  const done = count('complete');
  const state = count('in_progress') ? 'in_progress' : count('error') ? 'error' : done === tasks.length && done > 0 ? 'complete' : 'pending';
  const summary = h('summary', { class: 'plan-head' },
    sign(state), h('span', { class: 'plan-title' }, plain(block.title)),
    h('span', { class: 'plan-count' }, done + ' of ' + tasks.length), icon('chevron'));
  return remembered(key, true, h('details', { class: 'plan plan-' + state }, summary, bar(tasks), h('div', { class: 'plan-tasks', role: 'list' }, tasks.map((task) => taskRow(task, place)))));
}

function bar(tasks) {
  const total = Math.max(1, tasks.length);
  const part = (status) => h('span', { class: 'bar-' + status, style: { width: (100 * tasks.filter((task) => task.status === status).length) / total + '%' } });
  return h('div', { class: 'bar', 'aria-hidden': 'true' }, part('complete'), part('error'), part('in_progress'));
}

export function taskCard(task, place) {
  return h('div', { class: 'plan single' }, taskRow(task, place));
}

function taskRow(task, place) {
  const head = [sign(task.status), h('span', { class: 'task-title' }, plain(task.title)), h('span', { class: 'sr' }, WORDS[task.status] || task.status)];
  const more = [
    task.details ? h('div', { class: 'task-details' }, richText(task.details)) : null,
    task.output ? h('div', { class: 'task-output' }, richText(task.output)) : null,
    (task.sources || []).map((source) => h('span', { class: 'source' }, link(source.url, [source.text || source.url]))),
  ].flat().filter(Boolean);
  const cls = 'task task-' + task.status;
  if (more.length === 0) return h('div', { class: cls, role: 'listitem' }, h('div', { class: 'task-head' }, head));
  const key = placeKey(place) + '/task/' + task.task_id;
  const row = h('details', { class: cls, role: 'listitem' }, h('summary', { class: 'task-head' }, head, icon('chevron')), h('div', { class: 'task-more' }, more));
  return remembered(key, task.status === 'in_progress' || task.status === 'error', row);
}

function sign(status) {
  const mark = h('span', { class: 'sign sign-' + status, title: WORDS[status] || status });
  if (status === 'complete') mark.append(icon('check'));
  else if (status === 'error') mark.append(icon('cross'));
  // All spinners turn together, also after the card was drawn again.
  else if (status === 'in_progress') mark.style.animationDelay = -(performance.now() % 900) + 'ms';
  return mark;
}

function remembered(key, openAtFirst, details) {
  details.open = folded.has(key) ? folded.get(key) : openAtFirst;
  details.querySelector('summary').addEventListener('click', () => folded.set(key, !details.open));
  return details;
}

function placeKey(place) {
  return place.message ? place.message.channel + '/' + place.message.ts : 'view';
}
`;
