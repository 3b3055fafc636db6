/** plan and task_card. */
export const planCss = `
.plan { max-width: 720px; border: 1px solid var(--line); border-radius: 12px; background: var(--bg); overflow: hidden; }
.plan.single { border-radius: 10px; }
.plan-head { display: flex; align-items: center; gap: 10px; padding: 10px 13px; font-weight: 650; cursor: pointer; list-style: none; }
.plan-head::-webkit-details-marker, .task-head::-webkit-details-marker { display: none; }
.plan-head:hover, summary.task-head:hover { background: var(--bg-hover); }
.plan-title { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.plan-count { color: var(--muted); font-size: 12.5px; font-weight: 500; font-variant-numeric: tabular-nums; white-space: nowrap; }
.plan-head > .icon, .task-head > .icon { width: 14px; height: 14px; color: var(--faint); transition: transform .14s; }
details[open] > .plan-head > .icon, details[open] > .task-head > .icon, details[open] > summary > .icon { transform: rotate(90deg); }
.bar { display: flex; height: 3px; background: var(--line); }
.bar span { transition: width .3s; }
.bar-complete { background: var(--green); }
.bar-error { background: var(--red); }
.bar-in_progress { background: linear-gradient(90deg, var(--blue), color-mix(in srgb, var(--blue) 55%, transparent)); }
.plan-tasks { padding: 4px 0 6px; }
.task-head { display: flex; align-items: center; gap: 10px; padding: 4px 13px; font-size: 14.3px; list-style: none; }
summary.task-head { cursor: pointer; }
.task-title { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.task-pending .task-title { color: var(--muted); }
.task-error .task-title { color: var(--red); font-weight: 600; }
.task-in_progress .task-title { font-weight: 600; }
.task-more { margin: 0 13px 5px 41px; padding: 1px 0 3px; color: var(--muted); font-size: 13.3px; white-space: normal; }
.task-output { margin-top: 2px; color: var(--text); }
.source { display: inline-block; margin: 3px 8px 0 0; padding: 1px 9px; border: 1px solid var(--line); border-radius: 99px; font-size: 12.3px; }
.sign { display: inline-grid; place-items: center; width: 18px; height: 18px; flex: none; border-radius: 50%; }
.sign .icon { width: 12px; height: 12px; stroke-width: 2.2; }
.sign-pending { border: 1.6px dashed var(--line-strong); }
.sign-complete { background: var(--green); color: var(--bg); }
.sign-error { background: var(--red); color: var(--bg); }
.sign-in_progress { border: 2.2px solid var(--blue-soft); border-top-color: var(--blue); border-right-color: var(--blue); animation: turn .9s linear infinite; }
`;
