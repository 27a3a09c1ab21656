/** The look of the overview: plain, narrow enough to read, light or dark as the reader's system is. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2329; --soft: #5a6570; --paper: #fbfbfa; --card: #ffffff; --line: #dcdfe2;
  --good: #0b6b4f; --fair: #6b5000; --bad: #a12a00; --link: #005a96; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaed; --soft: #a3adb7; --paper: #15181b; --card: #1e2226;
  --line: #343a40; --good: #5fd0aa; --fair: #e3c15b; --bad: #ff9a73; --link: #7cc0f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
a { color: var(--link); } a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
p { margin: .4rem 0; max-width: 46rem; } .soft { color: var(--soft); font-size: .9rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.1rem; min-width: 0; }
.list { display: grid; gap: .75rem; padding: 0; margin: 0; list-style: none; }
.figures { grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
.wide { grid-column: 1 / -1; }
.head { display: flex; flex-wrap: wrap; gap: .3rem .9rem; align-items: baseline; justify-content: space-between; }
.badge { font-size: .85rem; margin-left: .6rem; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); } .fair { color: var(--fair); } .bad { color: var(--bad); }
.notice { border-left: 4px solid var(--fair); }
.pair { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
figure { margin: .75rem 0 0; } figcaption { color: var(--soft); font-size: .9rem; margin-top: .4rem; }
img { display: block; max-width: 100%; height: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; }
.scroll { overflow-x: auto; } pre, .lines { font: .85rem/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .7rem; border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; }
.lines { border-collapse: collapse; width: 100%; } .lines th { text-align: left; font-weight: 600; }
.lines td { vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; width: 50%; padding: .1rem .5rem .1rem 0; }
del { color: var(--bad); text-decoration: none; } ins { color: var(--good); text-decoration: none; }
summary { cursor: pointer; }
`;
