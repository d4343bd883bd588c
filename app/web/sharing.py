"""What people pass on about a public page: a short text, links that open messages, and a code for cameras."""

import io
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from app.later import segno

LONGEST = 160
"""The characters of one text message."""


@dataclass(frozen=True, slots=True)
class Share:
    """A public page as it is passed on."""

    text: str
    url: str
    code: Markup
    """A QR code of the address, as SVG."""

    @property
    def sms(self) -> str:
        """A link that opens the messages of a phone with the text."""
        return f"sms:?&body={quote(self.text, safe='')}"

    @property
    def whatsapp(self) -> str:
        """A link that opens WhatsApp with the text."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"


def share(call: str, url: str) -> Share:
    """Return what is passed on: a sentence, cut if needed, and the address, together no longer than one text message."""
    room = LONGEST - len(url) - 1
    short = call if len(call) <= room else f"{call[: max(room - 1, 0)].rstrip()}…"
    return Share(f"{short} {url}" if room > 1 else url, url, _code(url))


@lru_cache(maxsize=256)
def _code(url: str) -> Markup:
    drawn = io.BytesIO()
    segno.make(url, micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, light="#fff"
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn here; the address is only in the pattern
