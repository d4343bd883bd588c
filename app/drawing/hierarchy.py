"""Draws a hierarchy as a tree: one line of text for each entry, indented, with lines to what it belongs to."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = (
    ".tree{--ink:#1d1a16;--soft:#bfb49f;--red:#a6192e}"
    "@media screen and (prefers-color-scheme:dark){.tree{--ink:#f2ede3;--soft:#544c40;--red:#ff8d86}}"
    ".tree text{font:14px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif;fill:var(--ink)}"
    ".tree .own{font-weight:700;fill:var(--red)}"
    ".tree path{fill:none;stroke:var(--soft);stroke-width:1.5}"
    ".tree circle{fill:var(--ink)}"
)
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""For `style-src` of a content security policy, in single quotes."""
_ROW, _STEP, _LEFT = 28, 22, 10
"""Pixels: the height of a row, the indentation of a level, and the left margin."""
_DEEPEST = 6
"""Levels below this one are not indented further, so that names stay on a narrow screen."""
_LETTER, _BOLD_LETTER = 7.6, 8.8
"""Pixels: the average width of a letter at this size, and of a bold one."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry of the hierarchy, below the nearest earlier entry of a smaller depth."""

    name: str
    depth: int
    is_focus: bool = False


def draw_hierarchy(branches: Sequence[Branch], *, title: str, width: int = 720) -> str:
    """Return the tree as an SVG file of a width in pixels. Names that do not fit are cut and marked with an ellipsis."""
    height = _ROW * max(len(branches), 1) + 8
    lines = "".join(_line(branches, position) for position in range(len(branches)))
    names = "".join(_name(branch, position, width) for position, branch in enumerate(branches))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tree" role="img" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}"><title>{escape(title)}</title><style>{STYLE}</style>{lines}{names}</svg>'
    )


def _left(branch: Branch) -> int:
    return _LEFT + _STEP * min(branch.depth, _DEEPEST)


def _middle(position: int) -> int:
    return _ROW * position + _ROW // 2 + 4


def _line(branches: Sequence[Branch], position: int) -> str:
    branch = branches[position]
    above = next((one for one in range(position - 1, -1, -1) if branches[one].depth < branch.depth), None)
    if above is None:
        return ""
    start, end = _left(branches[above]), _left(branch)
    begin = start if start < end else end - _STEP // 2
    return f'<path d="M{begin} {_middle(above) + 5}V{_middle(position)}H{end - 4}"/>'


def _name(branch: Branch, position: int, width: int) -> str:
    left, middle = _left(branch), _middle(position)
    room = int((width - left - 18) / (_BOLD_LETTER if branch.is_focus else _LETTER))
    name = branch.name if len(branch.name) <= room else branch.name[: max(room - 1, 1)].rstrip() + "…"
    style = ' class="own"' if branch.is_focus else ""
    return (
        f'<circle cx="{left}" cy="{middle}" r="3.5"/>'
        f'<text x="{left + 10}" y="{middle + 5}"{style}>{escape(name)}</text>'
    )
