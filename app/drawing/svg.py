"""Small SVG fragments that all parts of a map use."""

from html import escape

from app.drawing.lettering import plain

GROUND = 2
"""Units per pixel for the background: integers are shorter, and half a pixel is precise enough for print."""

COURSE = 4
"""Units per pixel for lines: an arc in half pixels would not look round."""


def scaled(content: str, units: int) -> str:
    """Return content whose coordinates are in this many units per pixel."""
    return f'<g transform="scale({1 / units:g})">{content}</g>' if content else ""


def title_of(text: str) -> str:
    """Return the title that is shown on hover, or nothing if it is empty."""
    return f"<title>{escape(clean)}</title>" if (clean := plain(text)) else ""
