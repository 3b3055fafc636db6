/** Browser module: the `markdown` block – the common part of Markdown, nothing exotic. */
export const markdownJs = String.raw`
import { h } from './dom.js';
import { link, plain } from './text.js';

const FENCE = '\u0060\u0060\u0060';

export function markdown(source) {
  const lines = source.split('\n');
  const out = h('div', { class: 'markdown' });
  while (lines.length) out.append(...[takeBlock(lines)].flat().filter(Boolean));
  return out;
}

function takeWhile(lines, test) {
  const taken = [];
  while (lines.length && test(lines[0])) taken.push(lines.shift());
  return taken;
}

function takeBlock(lines) {
  const first = lines[0];
  if (first.trim() === '') { lines.shift(); return undefined; }
  if (first.startsWith(FENCE)) {
    lines.shift();
    const body = takeWhile(lines, (line) => !line.startsWith(FENCE));
    lines.shift();
    return h('pre', {}, body.join('\n'));
  }
  const heading = /^(#{1,6})\s+(.*)$/.exec(first);
  if (heading) { lines.shift(); return h('h' + Math.min(6, heading[1].length + 2), {}, inline(heading[2])); }
  if (/^(-{3,}|\*{3,})$/.test(first.trim())) { lines.shift(); return h('hr'); }
  if (/^>/.test(first)) return h('blockquote', {}, inline(takeWhile(lines, (line) => /^>/.test(line)).map((line) => line.replace(/^>\s?/, '')).join('\n')));
  if (/^\s*[-*+]\s/.test(first)) return h('ul', {}, takeWhile(lines, (line) => /^\s*[-*+]\s/.test(line)).map(listItem));
  if (/^\s*\d+[.)]\s/.test(first)) return h('ol', {}, takeWhile(lines, (line) => /^\s*\d+[.)]\s/.test(line)).map(listItem));
  if (/^\|/.test(first)) return pipeTable(takeWhile(lines, (line) => /^\|/.test(line)));
  const text = [lines.shift(), ...takeWhile(lines, (line) => line.trim() !== '' && !/^(#{1,6}\s|>|\||\s*[-*+]\s|\s*\d+[.)]\s)/.test(line) && !line.startsWith(FENCE))];
  return h('p', {}, inline(text.join('\n')));
}

function listItem(line) {
  const text = line.replace(/^\s*([-*+]|\d+[.)])\s+/, '');
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  return task ? h('li', { class: 'task' }, h('input', { type: 'checkbox', disabled: true, checked: task[1] !== ' ' }), ' ', inline(task[2])) : h('li', {}, inline(text));
}

function pipeTable(rows) {
  const cells = rows.map((row) => row.replace(/^\||\|\s*$/g, '').split('|').map((cell) => cell.trim()));
  const body = cells.filter((row, index) => !(index === 1 && row.every((cell) => /^:?-+:?$/.test(cell))));
  return h('table', { class: 'grid' }, body.map((row, index) => h('tr', {}, row.map((cell) => h(index === 0 ? 'th' : 'td', {}, inline(cell))))));
}

const INLINE = /(\u0060[^\u0060]+\u0060)|\*\*(.+?)\*\*|~~(.+?)~~|\[([^\]]+)\]\(([^)\s]+)\)|(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])/;

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return plain(text);
  const before = plain(text.slice(0, found.index));
  const after = inline(text.slice(found.index + found[0].length));
  return [before, inlineToken(found), after];
}

function inlineToken([, code, bold, strike, label, url, italic]) {
  if (code) return h('code', {}, code.slice(1, -1));
  if (bold) return h('strong', {}, inline(bold));
  if (strike) return h('s', {}, inline(strike));
  if (label) return link(url, inline(label));
  return h('em', {}, inline(italic));
}
`;
