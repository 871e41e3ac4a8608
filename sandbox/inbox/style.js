export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2330, #e4e7ee);
  --soft: light-dark(#5b6475, #a3abbb);
  --paper: light-dark(#ffffff, #171a21);
  --ground: light-dark(#f3f5f8, #0f1115);
  --line: light-dark(#dde2ea, #2b303b);
  --link: light-dark(#0b57b7, #8ab8ff);
  --good: light-dark(#12682f, #7fd69a);
  --good-ground: light-dark(#e3f5e8, #143021);
  --plain: light-dark(#8a4b00, #f2bf7c);
  --plain-ground: light-dark(#fdf0dc, #35260f);
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif;
}
header, main { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-top: 1.5rem; }
header strong { font-size: 1.15rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 1rem 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.soft { color: var(--soft); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; margin: 1rem 0; }
ul.mails { list-style: none; margin: 1rem 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
ul.mails li { padding: .8rem 1.25rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
ul.mails li:first-child { border-top: 0; }
ul.mails a { font-weight: 600; font-size: 1.05rem; }
.over { display: inline-block; white-space: nowrap; font-size: .85rem; padding: .05rem .6rem; border-radius: 1rem; }
.tls { color: var(--good); background: var(--good-ground); }
.clear { color: var(--plain); background: var(--plain-ground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 400; }
.wide { overflow-x: auto; }
code, pre { font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .75rem 0 0; }
pre.text { font: inherit; margin: 0; }
iframe { width: 100%; height: 24rem; border: 1px solid var(--line); border-radius: 6px; background: #fff; color-scheme: light; resize: vertical; }
summary { cursor: pointer; color: var(--link); }
.hash { overflow-wrap: anywhere; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
`;
