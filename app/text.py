"""Sentences that are shown to people but written where no language is known yet, and names as they are compared."""

import unicodedata


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark `sentence` for translation and return it as it is."""
    return sentence


def plain(text: str) -> str:
    """Return text without accents, capitals and doubled spaces: `Bogotá` and `BOGOTA ` are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def storable(text: str) -> str:
    """Return text as every database can keep it: without NUL and without halves of characters."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
