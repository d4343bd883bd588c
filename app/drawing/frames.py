"""The frame of a small picture: its size, its title and description, and its style."""

import zlib
from html import escape

from app.drawing.lettering import plain
from app.drawing.style import STYLE


def framed(body: str, width: int, height: int, *, title: str, description: str) -> str:
    """Return a whole SVG image; sizes are in pixels."""
    name = f"p{zlib.crc32(repr((title, body, width)).encode()):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(plain(title))}'
        f'</title><desc id="{name}-d">{escape(plain(description))}</desc><style>{STYLE}</style>'
        f'<rect class="sea" width="{width}" height="{height}"/>{body}</svg>'
    )
