#pragma once

namespace switchboard::report {

/// The page's only style sheet: light, dark and paper, no outside font or picture.
inline constexpr const char* kStyle = R"css(
:root { color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1c2128; --quiet: #59636e; --line: #d9dee4; --code: #eef1f4;
  --good: #1a7f37; --mixed: #d18a00; --bad: #c9372c;
  --created: #1a7f37; --updated: #3fa45b; --unchanged: #8ccf9f; --accepted: #2f7fd1; --rejected: #d18a00;
  --skipped: #9aa4af; --failed: #c9372c; --unknown: #8250df; --pending: #cfd6de; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0f1318; --card: #181d24; --text: #e6eaef; --quiet: #9aa6b2; --line: #303841; --code: #232a33;
  --good: #56d364; --mixed: #e3b341; --bad: #ff7b72;
  --created: #2ea043; --updated: #4fbf6b; --unchanged: #7bc793; --accepted: #58a6ff; --rejected: #e3a008;
  --skipped: #6e7a86; --failed: #f85149; --unknown: #a371f7; --pending: #3d4650; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.75rem;
  border-top: 5px solid var(--tone); margin-bottom: 2rem; }
.where { margin: 0; color: var(--quiet); overflow-wrap: anywhere; }
h1 { margin: .25rem 0 .75rem; font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
.good { --tone: var(--good); } .mixed { --tone: var(--mixed); } .bad { --tone: var(--bad); }
.message { margin: 0 0 1rem; padding-left: .9rem; border-left: 3px solid var(--tone); overflow-wrap: anywhere; }
.bar { display: flex; gap: 2px; height: 1.5rem; border-radius: 6px; overflow: hidden; background: var(--code); }
.bar span { min-width: 4px; flex-basis: 0; background: var(--colour); }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0 0; }
.figures div { min-width: 6rem; }
.figures dt { color: var(--quiet); }
.figures dt::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .45em;
  border-radius: 3px; background: var(--colour, transparent); }
.figures .total dt::before { display: none; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures dd small { font-size: .85rem; font-weight: 400; color: var(--quiet); }
.steps li + li { margin-top: .35rem; }
.steps { margin: 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 34rem; font-size: .95rem; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--quiet); font-weight: 500; }
tbody th { font-weight: 500; }
td.number, th.number { width: 1%; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td, tbody th { overflow-wrap: anywhere; }
code { padding: .1em .35em; border-radius: 4px; background: var(--code); font-size: .9em;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.tag { white-space: nowrap; }
.tag::before { content: ""; display: inline-block; width: .65em; height: .65em; margin-right: .4em; border-radius: 50%;
  background: var(--colour); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.created { --colour: var(--created); } .updated { --colour: var(--updated); } .unchanged { --colour: var(--unchanged); }
.accepted { --colour: var(--accepted); } .rejected { --colour: var(--rejected); } .skipped { --colour: var(--skipped); }
.failed { --colour: var(--failed); } .unknown { --colour: var(--unknown); } .pending { --colour: var(--pending); }
@media print {
  :root { --page: #fff; --card: #fff; --text: #000; --quiet: #444; --line: #bbb; --code: #f2f2f2; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  article { border-width: 3px 0 0; border-radius: 0; padding: .5rem 0 0; } article + article { break-before: page; }
  .bar, .bar span, dt::before, .tag::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, .figures div { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; }
}
)css";

}  // namespace switchboard::report
