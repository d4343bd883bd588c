"""Forwarded emails: finds the original email in the text of a forward."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from app.reading.header_lines import ADDRESSES, LANGUAGES, OFTEN, Role, apart, has_label, read_label

_MOST_BLANK = 2
"""Blank lines between two header lines of a block; some programs double every line break."""
_LONGEST_LINE = 2_000
"""Characters. Markers and joined header lines are never longer."""
_WRAPPED = 50
"""Characters. A longer header line may have been wrapped by the forwarding program."""
_LONGEST_REMARK = 120
"""Words. Up to this many before a block without a marker are a remark; more are probably an article."""


_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_RULE = re.compile(r"^[\s\-_=*]{5,}$")
_FORWARDED = (
    r"forwarded (?:message|mail)|original (?:message|mail)|mensaje (?:reenviado|original)|correo reenviado"
    r"|mensagem (?:encaminhada|reencaminhada|reenviada|original)|(?:message|mail|e-mail) (?:transféré|transmis|réexpédié|original)"
    r"|message d['’]origine|weitergeleitete (?:nachricht|mail|e-mail)|ursprüngliche (?:nachricht|mail)|original-?nachricht"
)
_MARK = re.compile(rf"^[\s*]*(?:[-=_–—]\s*){{2,}}(?:{_FORWARDED})\s*:?\s*[-=_–—*\s]*(?P<rest>.*)$", re.IGNORECASE)
"""Two or more dashes before the words, unlike a heading in an article."""
_BEGIN = re.compile(
    r"^[\s*_]*(?:begin forwarded message|(?:inicio|comienzo) del mensaje reenviado|início da mensagem (?:re)?encaminhada"
    r"|início da mensagem reenviada|début du (?:message|mail|courriel) (?:transféré|réexpédié)"
    r"|(?:anfang|beginn) der weitergeleiteten (?:nachricht|e-mail))\s*:?[\s*_]*$",
    re.IGNORECASE,
)
_BARE_MARK = re.compile(rf"^[\s*_]*(?:{_FORWARDED})\s*:?[\s*_]*$", re.IGNORECASE)
"""Counts only if header lines follow."""
_PERHAPS = re.compile(r":|@|[-=_–—]\s*[-=_–—]|mail|courriel|m[ea]ns|mess|nachricht", re.IGNORECASE)
"""A quick test for markers and header lines, because emails are long and most lines are neither."""
_OTHER_MARK = re.compile(r"^\s*[-=]{3,}\s?[^\W\d_][^\n]{2,80}?\s?[-=]{3,}\s*$")
"""Dashes around words in another language; counts only if header lines in any language follow."""
_ANSWER = re.compile(
    r"\s*(?:On|El|Em|Le|Am)\b(?=.*\d)(?=.*@).{8,300}?(?:(?:wrote|escribió|escreveu|a écrit)|\bschrieb\b.{1,200})\s?:\s*"
)
"""The attribution line above a quoted reply, which contains a person's address."""
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")


@dataclass(frozen=True, slots=True)
class _Block:
    """Consecutive header lines, up to the line `end`."""

    end: int
    roles: tuple[Role, ...]
    written: str

    @property
    def is_of_a_program(self) -> bool:
        """Whether an email program would write these lines: sender and date, with a subject or recipient.

        A timetable may have a `From`, a `To` and a `Date` too, but no email address and no time of sending.
        """
        own = set(self.roles)
        begins = self.roles[0] in (Role.FROM, Role.SENT, Role.DATE)
        sent = Role.SENT in own or bool(_EMAIL.search(self.written))
        dated = bool(own & {Role.SENT, Role.DATE})
        return begins and Role.FROM in own and dated and (Role.SUBJECT in own or (Role.TO in own and sent))

    @property
    def is_whole(self) -> bool:
        """Whether it has all four header lines that every program writes, with an address or a time of day."""
        own = set(self.roles)
        stamped = bool(_EMAIL.search(self.written) or _TIME.search(self.written))
        return {Role.FROM, Role.TO, Role.SUBJECT} <= own and bool(own & {Role.SENT, Role.DATE}) and stamped


def letters_in(text: str) -> list[str]:
    """Return the texts of the forwarded emails, outermost first; the whole text if nothing is forwarded.

    The forwarder's remark before the first one is left out, and so are all markers, quotation marks and headers.
    """
    lines = _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return ["\n".join(part).strip() for part in _Copied(lines, wrapped=True).parts()]


def letters_in_markup(paragraphs: Iterable[str]) -> list[list[str]]:
    """Return the same for markup, as the paragraphs of each email."""
    return _Copied([_QUOTED.sub("", one) for one in paragraphs], wrapped=False).parts()


class _Copied:
    """The lines of an email. Plain text is `wrapped` at some width; markup has whole paragraphs."""

    def __init__(self, lines: Iterable[str], *, wrapped: bool) -> None:
        self._lines = list(chain.from_iterable(_unglued(line) for line in lines))
        self._wrapped = wrapped

    def parts(self) -> list[list[str]]:
        """Return the lines of each forwarded email, or all lines if nothing is forwarded."""
        bounds = [*self._bounds(), (len(self._lines), len(self._lines))]
        parts = [self._lines[end:start] for (_, end), (start, _) in pairwise(bounds)] or [self._lines]
        return [_without_rules(part) for part in parts]

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each marker or block of header lines."""
        place, words = 0, 0
        while place < len(self._lines):
            line = self._lines[place]
            end = self._end_of_mark(place) or self._end_of_block(place, words) if _PERHAPS.search(line) else None
            if end is None:
                words += len(line.split())
                place += 1
            else:
                yield place, end
                place, words = end, 0

    def _end_of_mark(self, place: int) -> int | None:
        line = self._lines[place]
        if len(line) > _LONGEST_LINE:
            return None
        mark = _MARK.match(line)
        sure = bool(_BEGIN.match(line) or (mark and not mark["rest"]))
        foreign = bool(_OTHER_MARK.match(line))
        if not (sure or foreign or _BARE_MARK.match(line)):
            return None
        after = self._next_written(place + 1)
        block = None if after is None else self._block_at(after)
        if block is not None and (sure or len(block.roles) > 1):
            return block.end
        if foreign and after is not None and (end := self._end_of_labels(after)) - after > 1:
            return end
        return place + 1 if sure else None

    def _end_of_block(self, place: int, words_before: int) -> int | None:
        """Return the end of header lines without a marker, as in Outlook, or of an attribution line."""
        block = self._block_at(place)
        for count in (1, 2) if block is None and words_before <= _LONGEST_REMARK else ():
            if _ANSWER.fullmatch(" ".join(self._lines[place : place + count])[:_LONGEST_LINE]):
                return place + count
        if block is None or not block.is_of_a_program or (words_before > _LONGEST_REMARK and not block.is_whole):
            return None
        return block.end

    def _block_at(self, start: int) -> _Block | None:
        """Return the block of header lines, with continuation lines, that begins at a line, or None."""
        roles: list[Role] = []
        languages = LANGUAGES
        place: int | None = start
        end = start
        while place is not None:
            known = read_label(self._lines[place], languages)
            if known is not None and (known[0] not in roles or known[0] in OFTEN):
                roles.append(known[0])
                languages = known[1]
            elif known is not None or not roles or not self._goes_on(end - 1, place, roles[-1]):
                break
            end = place + 1
            place = self._next_of_block(end)
        return _Block(end, tuple(roles), "\n".join(self._lines[start:end])) if roles else None

    def _next_of_block(self, end: int) -> int | None:
        """Return the next line that may belong to a block; it may follow a blank line if every line break is doubled."""
        following = self._next_written(end)
        return None if following is None or following - end > _MOST_BLANK else following

    def _goes_on(self, before: int, place: int, role: Role) -> bool:
        """Return whether a line without a label continues the header line `before`."""
        line, last = self._lines[place], self._lines[before].rstrip(" \t*_")
        listed = last.endswith((",", ";", "<")) and role in ADDRESSES
        address = bool(_EMAIL.search(line)) and role in ADDRESSES
        if place - before > 1:
            return listed and address
        if (
            address
            or (listed and (self._wrapped or len(line) < _WRAPPED))
            or (last.endswith(":") and role in ADDRESSES)
        ):
            return True
        if not self._wrapped:
            return False
        short = (role in ADDRESSES or has_label(line)) and self._ends_block(place)
        return line[:1].isspace() or len(last) >= _WRAPPED or short

    def _ends_block(self, place: int) -> bool:
        """Return whether a short line ends a list of recipients: a blank line or a header line follows it."""
        line = self._lines[place].rstrip()
        after = self._lines[place + 1] if place + 1 < len(self._lines) else ""
        short = len(line) < _WRAPPED and not line.endswith((".", "!", "?", "…")) and "://" not in line
        return short and (not after.strip() or read_label(after) is not None)

    def _end_of_labels(self, start: int) -> int:
        """Return the end of lines that begin with a label in any language."""
        end = start
        while end < len(self._lines) and has_label(self._lines[end]):
            end += 1
        return end

    def _next_written(self, place: int) -> int | None:
        while place < len(self._lines):
            if self._lines[place].strip():
                return place
            place += 1
        return None


def _unglued(line: str) -> list[str]:
    """Return the marker and header lines that Yahoo writes on one line as separate lines."""
    mark = _MARK.match(line) if len(line) <= _LONGEST_LINE else None
    if not mark or read_label(mark["rest"]) is None:
        return [line]
    return [line[: mark.start("rest")], *apart(mark["rest"])]


def _without_rules(lines: Sequence[str]) -> list[str]:
    """Remove separator lines from both ends."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1])):
        kept.pop()
    while kept and (not kept[0].strip() or _RULE.match(kept[0])):
        kept.pop(0)
    return kept
