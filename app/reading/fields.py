"""Values of linked data and meta tags, which may be one or many, text or object, and hold markup."""

import html
import re
from typing import Any


def listed(value: Any) -> list[Any]:
    """Return a value as the list that it may already be."""
    return value if isinstance(value, list) else [value]


def words(value: Any) -> list[str]:
    """Return the texts among one or many values."""
    return [one for one in listed(value) if isinstance(one, str)]


def clean(value: Any) -> str:
    """Return one line of text without markup or entities, at most 4,000 characters of it; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:4_000])
    return " ".join(re.sub(r"<[^<>]{0,200}>", " ", text).split())


def first(metas: dict[str, list[str]], *keys: str) -> list[str]:
    """Return the first value of each meta tag that the page has, in the order of `keys`."""
    return [metas[key][0] for key in keys if key in metas]
