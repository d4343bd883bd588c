"""Small pieces of SVG that all parts of a map write."""

from html import escape

from app.drawing.lettering import plain

GROUND = 2
"""Units to a pixel on the ground: whole numbers are shorter, and half a pixel is as fine as print."""

COURSE = 4
"""Units to a pixel on lines: an arc of half pixels would not look round."""


def scaled(content: str, units: int) -> str:
    """Return content that is written in so many units to a pixel."""
    return f'<g transform="scale({1 / units:g})">{content}</g>' if content else ""


def title_of(text: str) -> str:
    """Return the title that a pointer shows, or nothing for nothing."""
    return f"<title>{escape(clean)}</title>" if (clean := plain(text)) else ""
