"""The colors and strokes of maps, as one style sheet that a page can include or allow by its hash."""

import base64
import hashlib

STYLE = (
    ".map{--paper:#faf7f0;--land:#efe8d8;--line:#ddd5c6;--coast:#bfb49f;--ink:#1d1a16;--soft:#5d564c;--red:#a6192e;"
    "--green:#1e6b3c;--amber:#805200;--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif}"
    "@media screen and (prefers-color-scheme:dark){.map{--paper:#171512;--land:#26221c;--line:#3a352d;--coast:#544c40;"
    "--ink:#f2ede3;--soft:#b3aa9b;--red:#ff8d86;--green:#7fd29b;--amber:#e9bb62}}"
    ".map{-webkit-print-color-adjust:exact;print-color-adjust:exact}"
    ".map .sea{fill:var(--paper)}"
    ".map g{fill:none;stroke-linejoin:round}"
    ".map .land{fill:var(--land);fill-rule:evenodd;stroke:var(--coast);stroke-width:1.2}"
    ".map .border{stroke:var(--coast);stroke-width:1.2}"
    ".map .disputed{stroke-dasharray:5 4}"
    ".map .shut{fill-rule:evenodd;stroke:var(--red);stroke-width:2.4}"
    ".map .hatch{stroke:var(--red);stroke-width:1.6;opacity:.55}"
    ".map .way{stroke:var(--ink);stroke-width:4.4}"
    ".map .done{stroke:var(--green);stroke-width:8}"
    ".map .hit{stroke:var(--red);stroke-width:6.4;stroke-dasharray:18 12}"
    ".map .knock_on{stroke:var(--amber);stroke-width:6.4;stroke-dasharray:28 10 6 10}"
    ".map .lost{stroke:var(--soft);stroke-width:6.8;stroke-dasharray:.2 14;stroke-linecap:round}"
    ".map .other_way{stroke:var(--green);stroke-width:11.2;stroke-dasharray:44 14}"
    ".map .cross{stroke:var(--red);stroke-width:10}"
    ".map .halo{stroke:var(--paper);stroke-width:22;stroke-linecap:round}"
    ".map circle{fill:var(--ink);stroke:var(--paper);stroke-width:1}"
    ".map .stop circle{fill:var(--paper);stroke:var(--ink);stroke-width:1.3}"
    ".map .diamond{fill:var(--paper);stroke:var(--green);stroke-width:1.8}"
    ".map .congress circle{fill:var(--red);stroke:var(--paper);stroke-width:1.5}"
    ".map .congress .ring{fill:none;stroke:var(--red);stroke-width:1.8}"
    ".map text{font:12px var(--sans);fill:var(--ink);stroke:var(--paper);stroke-width:3;stroke-linejoin:round;paint-order:stroke}"
    ".map .stop text,.map .crossing text{font-size:11px}"
    ".map .congress text{font-size:14px;font-weight:700}"
    ".map .country text{font-size:11px;font-style:italic;fill:var(--soft);stroke:var(--land);text-anchor:middle}"
    ".map .closed text{fill:var(--red);font-weight:700;stroke:var(--paper)}"
    ".map .e{text-anchor:end}.map .m{text-anchor:middle}"
)
"""Light and dark; print is always light. Everything is under `.map`, so that the rest of the page is not affected."""

STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""For `style-src` of a content security policy, in single quotes."""
