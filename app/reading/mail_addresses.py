"""Finds addresses in an email that may be an article's."""

import html
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from app.reading.addresses import addresses_in, cleaned, without_stop

_MOST_LINKS = 500
_LONGEST_ADDRESS = 2_000
_HREF = re.compile(r"""<a\b[^>]{0,200}?\bhref\s*=\s*["']?\s*(https?://[^\s"'<>]+)""", re.IGNORECASE)
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|pdf|mp[34]|zip)$", re.IGNORECASE)
_ABOUT_THE_LETTER = re.compile(
    r"unsubscri|opt-?out|list-manage|darse-?de-?baja|desuscri|desinscri|descadastr|d[eé]sabonn|d[eé]sinscri|preferences"
    r"|preferencias|/baja\b|/share|sharer|/intent/|/login|view-?in-?browser|mailto",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|t|telegram|whatsapp|wa|linkedin|instagram|youtube|youtu|tiktok|pinterest|threads|bsky)"
    r"\.(?:com|me|be|org|net|app)$"
)


def pages_in(text: str) -> Iterator[str]:
    """Yield the addresses in a text that may be an article's, in order."""
    for _place, address in addresses_in(text):
        yield from _if_page(address)


def pages_linked(markup: str) -> Iterator[str]:
    """Yield the addresses that markup links to and that may be an article's."""
    for found in islice(_HREF.finditer(markup), _MOST_LINKS):
        yield from _if_page(without_stop(html.unescape(found.group(1))))


def _if_page(address: str) -> Iterator[str]:
    address = cleaned(address)
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return
    leads_somewhere = len(parts.path) > 1 or parts.query
    usable = "." in host and len(address) <= _LONGEST_ADDRESS and not _SOCIAL.search(host)
    if usable and leads_somewhere and not _NO_PAGE.search(parts.path) and not _ABOUT_THE_LETTER.search(address):
        yield address
