"""The page's style: one sheet, written into the page, named by its digest in the page's security policy.

In: nothing. Out: the sheet, and the policy that lets it and nothing else load.

>>> POLICY.startswith("default-src 'none'")
True
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

SHEET = """
:root { --ink: #1a1a1a; --soft: #4a4a4a; --line: #b9b9b9; --wash: #f3f1ec; --accent: #7a1f1f; --note: #fff3c9; }
* { box-sizing: border-box; }
html { font: 100%/1.5 Georgia, "Times New Roman", serif; color: var(--ink); background: #fff; }
body { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1, h2, h3, th, caption, .cite, .badge, .banner, header nav, .other, footer { font-family: system-ui, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 3px solid var(--accent); }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
a { color: var(--accent); }
a:focus-visible, .wide:focus-visible { outline: 3px solid #1f4fa0; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
.wide { overflow-x: auto; }
.other { margin: 0; font-size: .95rem; }
nav ul { list-style: none; padding: 0; margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; }
.who { font-size: .9em; color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; color: var(--soft); padding: .25rem 0 .5rem; font-size: .9rem; }
caption span { display: block; max-width: calc(100vw - 2.5rem); }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); font-size: .85rem; }
tbody th { font-weight: 600; }
td.figure, th.figure { text-align: right; }
td.figure .value { white-space: nowrap; }
tr.marked { background: var(--wash); }
.cite { display: block; font-size: .75rem; font-weight: 400; line-height: 1.35; color: var(--soft); margin-top: .2rem; }
.cite q { color: var(--ink); quotes: "“" "”"; }
:lang(fr) > .cite q, .cite q:lang(fr) { quotes: "«\u00a0" "\u00a0»"; }
.cite code, footer code { font: .95em/1.3 ui-monospace, Menlo, Consolas, monospace; }
footer code { overflow-wrap: anywhere; }
.badge { display: inline-block; font-size: .72rem; border: 1px solid currentColor; border-radius: 3px;
  padding: 0 .35rem; color: var(--soft); background: #fff; }
.badge.reconstruction { color: #000; background: var(--note); }
.banner { background: var(--note); border: 2px solid #000; padding: .75rem 1rem; margin: 1rem 0; }
.cite.warn { color: var(--accent); font-weight: 600; }
.muted { color: var(--soft); }
.lead { font-size: 1.1rem; max-width: 50rem; }
.sums { font-weight: 600; }
@media (max-width: 44rem) {
  body { padding: .75rem .75rem 3rem; }
  th, td { padding: .4rem .35rem; }
  td.figure .value { white-space: normal; }
  .stack thead { position: absolute; left: -100rem; }
  .stack, .stack caption, .stack tbody, .stack tr { display: block; }
  .stack th[data-label]::before { content: attr(data-label) " "; }
  .stack .value { font-weight: 600; }
  .stack tr { border-bottom: 2px solid var(--ink); padding: .5rem 0; }
  .stack th, .stack td, .stack td.figure { display: block; border: 0; padding: .2rem 0; text-align: left; }
  .stack td[data-label]::before { content: attr(data-label); display: block; color: var(--soft);
    font: .75rem/1.4 system-ui, sans-serif; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, caption { break-after: avoid; }
  tr, .banner { break-inside: avoid; }
  thead { display: table-header-group; }
  .skip, header nav, .other { display: none; }
  .wide { overflow: visible; }
  a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .8em; }
}
"""

_DIGEST = b64encode(sha256(SHEET.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
