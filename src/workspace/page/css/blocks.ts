/** Block Kit. */
export const blocksCss = `
.body > .block + .block, .container > .block + .block { margin-top: 7px; }
.body > .block:first-child { margin-top: 2px; }
.header { font-size: 17.5px; font-weight: 750; line-height: 1.35; letter-spacing: -.005em; }
.section { display: flex; gap: 16px; align-items: flex-start; }
.section-body { flex: 1; min-width: 0; }
.accessory { flex: none; max-width: 45%; }
.fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px 20px; max-width: 620px; }
.section-text + .fields { margin-top: 8px; }
.context { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; color: var(--muted); font-size: 12.8px; line-height: 1.45; }
.context-image { width: 18px; height: 18px; border-radius: 4px; vertical-align: middle; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; padding: 3px 0 2px; }
.thumb { width: 72px; height: 72px; border-radius: 8px; object-fit: cover; }
.image { max-width: min(360px, 100%); border-radius: 8px; }
.block-divider hr { margin: 6px 0; }
.unknown { padding: 6px 10px; border: 1px dashed var(--line-strong); border-radius: 6px; color: var(--muted); font-size: 13px; }
.alert { padding: 8px 12px; border-left: 4px solid var(--blue); border-radius: 6px; background: var(--blue-soft); }
.alert-warning { border-color: var(--amber); background: var(--amber-soft); }
.alert-error { border-color: var(--red); background: var(--red-soft); }
.alert-success { border-color: var(--green); background: var(--green-soft); }
.card, .container { padding: 11px 13px; border: 1px solid var(--line); border-radius: var(--radius); }
.card-title { font-weight: 650; }
.container > summary { display: flex; gap: 8px; align-items: center; cursor: pointer; list-style: none; }
.container > .block { margin-top: 8px; }
.carousel { display: grid; grid-auto-flow: column; grid-auto-columns: 260px; gap: 10px; overflow-x: auto; }
.select, .field-input { min-height: 34px; padding: 5px 10px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--bg); font-size: 14px; }
.select { max-width: 260px; cursor: pointer; }
.field-input { width: 100%; }
.field-input.short { width: auto; }
textarea.field-input { resize: vertical; min-height: 92px; }
.field-input:focus, .select:focus { outline: 0; border-color: var(--accent); box-shadow: 0 0 0 3px var(--accent-soft); }
.ticks { display: flex; flex-direction: column; gap: 6px; }
.tick { display: flex; gap: 8px; align-items: flex-start; font-size: 14px; cursor: pointer; }
.tick input { margin: 3px 0 0; accent-color: var(--accent); }
.tick small { display: block; color: var(--muted); }
.input-label { display: flex; flex-direction: column; gap: 5px; font-weight: 600; font-size: 14px; }
.input-label .field-input, .input-label .tick, .input-label .select { font-weight: 400; }
.input-hint { margin-top: 4px; color: var(--muted); font-size: 12.5px; }
.input-error { margin-top: 4px; color: var(--red); font-size: 13px; font-weight: 550; }
.input.wrong .field-input, .input.wrong .select { border-color: var(--red); }
.overflow { position: relative; }
.overflow > summary { list-style: none; padding: 4px 10px; }
.menu { position: absolute; right: 0; z-index: 6; min-width: 180px; margin-top: 4px; padding: 5px; border: 1px solid var(--line); border-radius: 9px; background: var(--bg); box-shadow: var(--shadow); }
.menu button { display: block; width: 100%; padding: 6px 10px; border: 0; border-radius: 6px; background: none; text-align: left; cursor: pointer; }
.menu button:hover { background: var(--bg-hover); }
.table-scroll { max-width: 100%; overflow-x: auto; border: 1px solid var(--line); border-radius: var(--radius); }
.grid { border-collapse: collapse; font-size: 13.5px; min-width: min(420px, 100%); }
.table-scroll .grid { width: 100%; }
.grid th, .grid td { padding: 6px 12px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; white-space: nowrap; }
.grid th { background: var(--bg-soft); color: var(--muted); font-size: 12.5px; font-weight: 650; }
.grid tr:last-child td { border-bottom: 0; }
.grid .wrapped { white-space: normal; }
.grid .to-right { text-align: right; font-variant-numeric: tabular-nums; }
.grid .to-center { text-align: center; }
.rich ul, .rich ol, .markdown ul, .markdown ol { margin: 2px 0; padding-left: 22px; }
.rich .indent-1 { margin-left: 20px; }
.rich .indent-2 { margin-left: 40px; }
.markdown > * + * { margin-top: 7px; }
.markdown p { white-space: pre-wrap; }
.markdown li.task { list-style: none; margin-left: -18px; }
@media (max-width: 820px) { .fields { grid-template-columns: 1fr; } .section { flex-wrap: wrap; } .accessory { max-width: 100%; } }
`;
