/** Browser module: table blocks; the first row is the head, as Slack draws it. */
export const tableJs = `
import { h } from './dom.js';
import { plain } from './text.js';
import { richText } from './rich-text.js';

export function tableBlock(block) {
  const [head, ...rows] = block.rows;
  const settings = block.column_settings || [];
  const cell = (tag) => (value, column) => {
    const { align, is_wrapped } = settings[column] || {};
    const cls = [align ? 'to-' + align : '', is_wrapped ? 'wrapped' : ''].join(' ').trim();
    return h(tag, { class: cls || null, scope: tag === 'th' ? 'col' : null }, value.type === 'rich_text' ? richText(value) : plain(value.text));
  };
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Table' },
    h('table', { class: 'grid' }, h('thead', {}, h('tr', {}, head.map(cell('th')))), h('tbody', {}, rows.map((row) => h('tr', {}, row.map(cell('td')))))));
}
`;
