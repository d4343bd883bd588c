"""Texts that must be nowhere: found in columns and files, and taken out of values."""

import io
import json
import re
import zipfile
from collections.abc import Collection
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy import ColumnElement, String, cast, false, or_

_GAP = "…"
_MOST_BYTES = 100_000_000
"""The most that is unpacked of an archive."""
_ESCAPE = "\\"


class Needles:
    """The names, addresses and numbers of somebody."""

    def __init__(self, texts: Collection[str]) -> None:
        """Look for these texts, without regard to capitals."""
        self._texts = sorted({one for one in texts if one.strip()}, key=lambda one: (-len(one), one))
        alternatives = "|".join(map(re.escape, self._texts))
        self._pattern = re.compile(alternatives, re.IGNORECASE) if self._texts else None

    def are_in(self, text: str | None) -> bool:
        """Return whether any of them is in a text."""
        return bool(text and self._pattern and self._pattern.search(text))

    def are_in_value(self, value: Any) -> bool:
        """Return whether any of them is in a value as JSON has them."""
        if isinstance(value, dict):
            return any(self.are_in_value(one) for pair in value.items() for one in pair)
        if isinstance(value, list | tuple):
            return any(map(self.are_in_value, value))
        return isinstance(value, str) and self.are_in(value)

    def are_in_file(self, content: bytes) -> bool:
        """Return whether any of them is in a file: a text, or an archive of texts such as a workbook."""
        if not content.startswith(b"PK"):
            return self.are_in(content.decode(errors="replace"))
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                    return True  # it may be made to unpack to far too much
                return any(self.are_in(archive.read(one).decode(errors="replace")) for one in archive.namelist())
        except (zipfile.BadZipFile, OSError, RuntimeError):
            return True  # nobody can tell, so it goes

    def cleaned(self, value: Any) -> Any:
        """Return a value as JSON has them, with a gap where any of them was."""
        if isinstance(value, dict):
            return {self.cleaned(key): self.cleaned(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.cleaned(one) for one in value]
        return self._pattern.sub(_GAP, value) if self._pattern and isinstance(value, str) else value

    def are_in_any(self, *columns: Any) -> ColumnElement[bool]:
        """Return the condition that any of them is in one of the columns, of text or JSON, also as part of an address."""
        forms = {form for one in self._texts for form in (one, json.dumps(one)[1:-1], quote(one), quote_plus(one))}
        patterns = [f"%{_escaped(form)}%" for form in sorted(forms)]
        if not patterns:
            return false()
        return or_(*(cast(one, String).ilike(pattern, escape=_ESCAPE) for one in columns for pattern in patterns))


def _escaped(text: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text
