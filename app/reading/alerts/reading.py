"""Reads a text or file that may be a NOTAM, a feed of GTFS-Realtime or a message of SIRI-SX."""

from app.reading.alerts import MOST_TEXT, Notice, UnreadableError, gtfs, notams, siri


def read(text: str, languages: tuple[str, ...] = ()) -> list[Notice]:
    """Return the notices in a text; raises UnreadableError if it is no such message."""
    if len(text) > MOST_TEXT:
        raise UnreadableError("The text is too long.")
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    if begins in ("{", "["):
        return gtfs.read(text, languages)
    if begins == "<":
        return siri.read(text.lstrip("\ufeff \t\r\n"))
    found = notams.read(text)
    if not found:
        raise UnreadableError("This is no NOTAM.")
    return found


def as_text(data: bytes) -> str:
    """Return a file as a text that `read` reads; a binary feed becomes JSON. Raises UnreadableError."""
    try:
        text = data.decode("utf-8-sig")
        if ("\x00" not in text and text.lstrip()[:1] in ("{", "<", "(")) or text[:1].isalpha():
            return text
    except UnicodeDecodeError:
        pass
    return gtfs.as_text(data)
