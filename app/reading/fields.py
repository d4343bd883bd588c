"""Values of linked data and meta tags: single or multiple, text or object, possibly with markup."""

import html
import re
from typing import Any


def listed(value: Any) -> list[Any]:
    """Return a value as a list, unless it already is one."""
    return value if isinstance(value, list) else [value]


def words(value: Any) -> list[str]:
    """Return the strings among one or more values."""
    return [one for one in listed(value) if isinstance(one, str)]


def clean(value: Any) -> str:
    """Return a single line of text without markup or entities, at most 4,000 characters; empty if it is not a string."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:4_000])
    return " ".join(re.sub(r"<[^<>]{0,200}>", " ", text).split())


def first(metas: dict[str, list[str]], *keys: str) -> list[str]:
    """Return the first value of each of the meta tags present, in the order of `keys`."""
    return [metas[key][0] for key in keys if key in metas]
