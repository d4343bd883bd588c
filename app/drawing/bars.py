"""Horizontal bars that compare what was expected with what was reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.drawing.frames import framed
from app.drawing.lettering import plain
from app.drawing.svg import title_of

_SIDE, _ROW, _BAR = 10, 38, 14
"""Pixels: the margin, the height of a row, and of its bar under the text."""
_LONGEST = 44
"""Characters of a label; the full text is in the title."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: an expected number, and the reported one, which may be a range."""

    label: str
    expected: int
    least: int
    most: int


def draw_bars(bars: Sequence[Bar], *, title: str, description: str, width: int = 720) -> str:
    """Return the bars as an SVG image: outlines for what was expected, filled up to what was reported."""
    height = _SIDE + _ROW * len(bars) + _SIDE
    greatest = max((max(bar.expected, bar.most) for bar in bars), default=0) or 1

    def wide(number: int) -> int:
        return round(number / greatest * (width - 2 * _SIDE))

    rows = []
    for number, bar in enumerate(bars):
        y = _SIDE + number * _ROW
        parts = [f'<text x="{_SIDE}" y="{y + 12}">{escape(plain(bar.label, _LONGEST))}</text>']
        for style, figure in (("range", bar.most), ("bar", bar.least), ("expected", bar.expected)):
            if figure:
                parts.append(f'<rect class="{style}" x="{_SIDE}" y="{y + 18}" width="{wide(figure)}" height="{_BAR}"/>')
        rows.append(f"<g>{title_of(bar.label)}{''.join(parts)}</g>")
    return framed("".join(rows), width, height, title=title, description=description)
