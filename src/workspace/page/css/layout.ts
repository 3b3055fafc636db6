/** Where things stand: sidebar, top line, channel, thread, traffic. */
export const layoutCss = `
body { display: grid; grid-template: "side top top" 46px "side main thread" minmax(0, 1fr) "side log log" auto / 248px minmax(0, 1fr) auto; overflow: hidden; }
#sidebar { grid-area: side; display: flex; flex-direction: column; min-height: 0; background: var(--side); color: var(--side-text); font-size: 14px; }
#top { grid-area: top; display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 0 14px; border-bottom: 1px solid var(--line); background: var(--bg-soft); }
#main { grid-area: main; display: flex; flex-direction: column; min-width: 0; min-height: 0; }
#thread { grid-area: thread; display: flex; flex-direction: column; width: min(440px, 38vw); min-height: 0; border-left: 1px solid var(--line); }
#log { grid-area: log; height: 34vh; overflow: auto; border-top: 1px solid var(--line); background: var(--bg-soft); padding: 6px 10px; font: 12px/1.5 var(--mono); }
#header, #thread-head { display: flex; align-items: center; gap: 12px; height: 50px; flex: none; padding: 0 18px; border-bottom: 1px solid var(--line); }
#header h1, #thread-head h2 { font-size: 16.5px; font-weight: 700; white-space: nowrap; }
#header .hash { color: var(--faint); font-weight: 500; margin-right: 3px; }
#thread-head .ghost { margin-left: auto; }
.topic { flex: 1; min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; color: var(--muted); font-size: 13.5px; }
.stack { display: flex; align-items: center; font-size: 13px; }
.stack .avatar { margin-right: -3px; box-shadow: 0 0 0 2px var(--bg); }
.stack .muted { margin-left: 11px; }
.with-word { font-size: 13px; font-weight: 550; padding: 5px 9px; }
.scroller { flex: 1; min-height: 0; overflow-y: auto; overflow-anchor: none; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.list { display: flex; flex-direction: column; justify-content: flex-end; min-height: 100%; padding: 8px 0 14px; }
.not-slack { display: inline-flex; align-items: center; gap: 7px; padding: 3px 10px; border: 1px dashed var(--line-strong); border-radius: 99px; color: var(--muted); font-size: 12.5px; white-space: nowrap; }
.not-slack b { color: var(--amber); font-weight: 650; }
#acting { display: flex; align-items: center; gap: 10px; min-width: 0; }
.acting-label { color: var(--muted); font-size: 12.5px; white-space: nowrap; }
.faces { display: flex; gap: 3px; }
.face { padding: 3px; border: 0; border-radius: 10px; background: none; cursor: pointer; line-height: 0; opacity: .55; transition: opacity .12s; }
.face { position: relative; }
.dot { position: absolute; top: 1px; right: 1px; width: 10px; height: 10px; border: 2px solid var(--bg-soft); border-radius: 50%; background: #d9653b; }
.face:has(.dot) { opacity: .9; }
.face:hover { opacity: 1; }
.face.current { opacity: 1; box-shadow: 0 0 0 2px var(--accent); }
.acting-name { display: flex; flex-direction: column; min-width: 118px; line-height: 1.2; font-size: 13px; white-space: nowrap; }
.acting-name small { color: var(--muted); font-size: 11.5px; max-width: 170px; overflow: hidden; text-overflow: ellipsis; }
.team { display: flex; align-items: center; gap: 10px; height: 58px; flex: none; padding: 0 16px; border-bottom: 1px solid var(--side-line); color: var(--side-bright); }
.team strong { display: block; font-size: 15.5px; line-height: 1.2; }
.team small { color: var(--side-muted); font-size: 12px; }
.team-mark { display: grid; place-items: center; width: 32px; height: 32px; border-radius: 9px; background: linear-gradient(140deg, #4f9aa1, #2b6a70); font-weight: 700; }
#sidebar nav { flex: 1; min-height: 0; overflow-y: auto; padding: 6px 8px 14px; scrollbar-width: none; }
#sidebar h2 { margin: 16px 8px 4px; color: var(--side-muted); font-size: 12px; font-weight: 600; letter-spacing: .02em; }
.side-row { display: flex; align-items: center; gap: 8px; width: 100%; height: 30px; padding: 0 8px; border: 0; border-radius: 7px; background: none; color: inherit; text-align: left; cursor: pointer; }
.side-row:hover { background: rgba(255, 255, 255, .07); }
.side-row.current { background: var(--side-current); color: var(--side-bright); }
.side-row.unread { color: var(--side-bright); font-weight: 650; }
.side-row:focus-visible { outline-color: #9fd3d8; outline-offset: -2px; }
.side-row .hash { width: 20px; text-align: center; opacity: .7; }
.side-name { flex: none; max-width: 100%; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.side-title { flex: 1; min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; color: var(--side-muted); font-size: 11.5px; font-weight: 400; }
.count { margin-left: auto; min-width: 19px; padding: 1px 6px; border-radius: 99px; background: #d9653b; color: #fff; font-size: 11px; font-weight: 650; text-align: center; }
.presence { width: 9px; height: 9px; margin-left: auto; border-radius: 50%; border: 2px solid var(--side-muted); }
.presence.on { border-color: #4cc38a; background: #4cc38a; }
.side-note { flex: none; margin: 0 12px 14px; padding: 10px 12px; border-radius: 9px; background: rgba(255, 255, 255, .055); color: var(--side-muted); font-size: 12px; line-height: 1.4; }
.side-note strong { color: var(--side-text); }
.menu-button { display: none; }
#scrim { display: none; }
.log-line { border-bottom: 1px solid var(--line); }
.log-line summary { display: flex; align-items: baseline; gap: 10px; padding: 3px 2px; cursor: pointer; list-style: none; }
.log-line time, .ms { color: var(--muted); }
.ms { margin-left: auto; white-space: nowrap; }
.kind { flex: none; min-width: 66px; padding: 0 6px; border-radius: 4px; background: var(--blue-soft); color: var(--blue); text-align: center; }
.kind-delivery { background: var(--green-soft); color: var(--green); }
.kind-fault, .kind-late_ack { background: var(--amber-soft); color: var(--amber); }
.log-name { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.log-error { color: var(--red); font-weight: 600; }
.log-line pre { max-height: 260px; overflow: auto; }
@media (max-width: 1080px) {
  .acting-name small, .topic, .acting-label { display: none; }
  .acting-name { min-width: 0; }
}
@media (max-width: 820px) {
  body { grid-template: "top" 46px "main" minmax(0, 1fr) "log" auto / minmax(0, 1fr); }
  #sidebar { position: fixed; inset: 0 auto 0 0; width: 262px; z-index: 30; transform: translateX(-102%); transition: transform .18s; }
  .menu-open #sidebar { transform: none; box-shadow: var(--shadow); }
  .menu-open #scrim { display: block; position: fixed; inset: 0; z-index: 20; background: rgba(0, 0, 0, .35); }
  .menu-button { display: inline-flex; }
  #thread { position: fixed; inset: 0; z-index: 15; width: auto; background: var(--bg); }
  .stack, .acting-name { display: none; }
  #header { padding: 0 10px; }
  .with-word { margin-left: auto; }
}
`;
