"""Links that open the reader's own email program with a letter in it (RFC 6068)."""

from urllib.parse import quote

from app.email_addresses import on_the_wire

LONGEST = 1_800
"""Characters of a link; some email programs and systems cut off longer ones."""


def mailto(address: str, subject: str, body: str) -> str:
    """Return a link to a letter, with line breaks as email programs expect them."""
    lines = "\r\n".join(body.splitlines())
    return (
        f"mailto:{quote(on_the_wire(address), safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
    )
