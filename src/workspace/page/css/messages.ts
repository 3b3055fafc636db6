/** Messages, their tools, and the composer. */
export const messagesCss = `
.message { position: relative; display: flex; gap: 10px; padding: 7px 20px 6px; }
.message.grouped { padding-top: 2px; padding-bottom: 2px; }
.message:hover { background: var(--bg-hover); }
.message.selected { background: color-mix(in srgb, var(--accent-soft) 55%, var(--bg)); }
.message.ephemeral { background: var(--bg-soft); }
.gutter { width: 36px; flex: none; padding-top: 3px; }
.gutter-time { display: block; padding-top: 3px; color: transparent; font-size: 11px; text-align: right; }
.message:hover .gutter-time { color: var(--faint); }
.content { flex: 1; min-width: 0; max-width: 860px; }
.headline { display: flex; align-items: baseline; gap: 7px; line-height: 1.3; }
.author { font-weight: 700; }
.badge { align-self: center; padding: 1px 5px; border-radius: 4px; background: var(--line); color: var(--muted); font-size: 10px; font-weight: 650; line-height: 14px; letter-spacing: .03em; }
.time { color: var(--muted); font-size: 12px; }
.text, .section-text, .field, .task-more, .rich-line, .context-part, .dialog-body { white-space: pre-wrap; overflow-wrap: anywhere; }
.edited { font-size: 12.5px; }
.only-you { display: flex; align-items: center; gap: 6px; margin-bottom: 2px; color: var(--muted); font-size: 12.5px; }
.only-you .icon { width: 14px; height: 14px; }
.dismiss { padding: 0; border: 0; background: none; color: var(--link); font-size: 12.5px; cursor: pointer; }
.dismiss:hover { text-decoration: underline; }
.problem { display: inline-flex; align-items: center; gap: 8px; margin-top: 6px; padding: 5px 11px; border-radius: var(--radius-small); background: var(--red-soft); color: var(--red); font-size: 13.5px; font-weight: 550; }
.reactions { display: flex; flex-wrap: wrap; gap: 5px; margin-top: 5px; }
.reaction { padding: 1px 9px; border: 1px solid var(--line); border-radius: 99px; background: var(--bg-soft); font-size: 12.5px; }
.tools { position: absolute; top: -13px; right: 18px; display: none; border: 1px solid var(--line); border-radius: 8px; background: var(--bg); box-shadow: 0 1px 3px rgba(0, 0, 0, .08); }
.message:hover .tools, .message:focus-within .tools { display: block; }
.broadcast { display: flex; align-items: center; gap: 6px; margin-bottom: 1px; padding: 0; border: 0; background: none; color: var(--muted); font-size: 12.5px; cursor: pointer; }
.broadcast:hover { color: var(--link); }
.broadcast .icon { width: 13px; height: 13px; }
.thread-link { display: flex; align-items: center; gap: 5px; margin: 5px 0 1px -5px; padding: 4px 10px 4px 5px; border: 1px solid transparent; border-radius: 7px; background: none; font-size: 13px; cursor: pointer; }
.thread-link:hover { border-color: var(--line); background: var(--bg); }
.thread-count { margin: 0 3px 0 4px; color: var(--link); font-weight: 650; }
.day { display: flex; align-items: center; gap: 12px; margin: 10px 20px 6px; color: var(--muted); font-size: 12.5px; font-weight: 600; }
.day::before, .day::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.day span { padding: 2px 12px; border: 1px solid var(--line); border-radius: 99px; }
.replies-rule { display: flex; align-items: center; gap: 12px; margin: 8px 20px 4px; color: var(--muted); font-size: 12.5px; }
.replies-rule::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.intro { padding: 24px 20px 14px; }
.intro-mark { display: grid; place-items: center; width: 46px; height: 46px; margin-bottom: 12px; border-radius: 12px; background: var(--accent-soft); color: var(--accent-strong); font-size: 24px; font-weight: 600; }
.intro h2 { font-size: 22px; margin-bottom: 6px; }
.intro p { max-width: 720px; text-wrap: pretty; color: var(--muted); }
.try { padding: 1px 7px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--code); color: var(--text); font: 13px var(--mono); cursor: pointer; }
.try:hover { border-color: var(--accent); color: var(--accent-strong); }
.attachment { margin-top: 6px; padding-left: 12px; border-left: 4px solid var(--colour, var(--line-strong)); }
.composer { position: relative; flex: none; padding: 0 18px 10px; }
.composer-box { display: flex; align-items: flex-end; gap: 6px; padding: 7px 8px 7px 14px; border: 1px solid var(--line-strong); border-radius: 11px; background: var(--bg); transition: border-color .12s, box-shadow .12s; }
.composer-box:focus-within { border-color: var(--accent); box-shadow: 0 0 0 3px var(--accent-soft); }
.composer textarea { flex: 1; min-width: 0; padding: 4px 0; border: 0; outline: 0; background: none; resize: none; line-height: 1.45; max-height: 220px; }
.composer textarea::placeholder { color: var(--muted); opacity: .85; }
.send { display: grid; place-items: center; width: 32px; height: 32px; flex: none; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
.send:disabled { background: none; color: var(--line-strong); cursor: default; }
.composer-note { display: flex; gap: 16px; padding: 6px 4px 0; color: var(--faint); font-size: 11.5px; }
#thread .composer-note { display: none; }
.hints { position: absolute; left: 18px; right: 18px; bottom: calc(100% - 4px); padding: 6px; border: 1px solid var(--line); border-radius: 11px; background: var(--bg); box-shadow: var(--shadow); z-index: 5; }
.hint { display: flex; align-items: center; gap: 11px; width: 100%; padding: 7px 10px; border: 0; border-radius: 8px; background: none; text-align: left; font-size: 14px; cursor: pointer; }
.hint.marked, .hint:hover { background: var(--accent-soft); }
.hint-words { flex: 1; min-width: 0; display: flex; flex-direction: column; line-height: 1.35; }
.hint-words small { color: var(--muted); }
@media (max-width: 820px) { .message { padding-left: 12px; padding-right: 12px; } .composer { padding: 0 10px 8px; } .composer-note { display: none; } }
`;
