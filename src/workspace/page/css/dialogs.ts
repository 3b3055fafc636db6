/** Confirm dialogs and modals. */
export const dialogsCss = `
.dialog { width: min(520px, calc(100vw - 32px)); max-height: min(760px, calc(100vh - 40px)); padding: 0; border: 1px solid var(--line); border-radius: 14px; background: var(--bg); color: var(--text); box-shadow: var(--shadow); overflow: hidden; }
.dialog[open] { animation: rise .14s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(6px); } }
.dialog::backdrop { background: rgba(16, 26, 30, .42); }
.confirm { width: min(440px, calc(100vw - 32px)); }
.confirm h2 { padding: 20px 22px 0; font-size: 18px; }
.confirm .dialog-body { padding: 8px 22px 18px; }
.dialog-foot { display: flex; justify-content: flex-end; gap: 9px; padding: 13px 20px; border-top: 1px solid var(--line); background: var(--bg-soft); }
.modal[open] { display: flex; }
.modal-form { display: flex; flex-direction: column; flex: 1; min-width: 0; max-height: inherit; }
.modal-head { display: flex; align-items: center; gap: 11px; padding: 15px 14px 13px 20px; border-bottom: 1px solid var(--line); }
.modal-head h2 { flex: 1; font-size: 18px; }
.modal-body { flex: 1; min-height: 0; overflow-y: auto; padding: 16px 20px 20px; }
.modal-body > .block + .block { margin-top: 15px; }
.modal-problem { padding: 9px 20px; background: var(--red-soft); color: var(--red); font-size: 14px; font-weight: 550; }
`;
