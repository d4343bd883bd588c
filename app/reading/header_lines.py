"""Header lines as email programs copy them into a forwarded email, in five languages."""

import re
import unicodedata
from enum import StrEnum, auto

_LONGEST = 60
"""Characters at the start of a line that are searched for a label."""


class Role(StrEnum):
    """The meaning of a header line."""

    FROM = auto()
    TO = auto()
    COPY = auto()
    REPLY = auto()
    SENT = auto()
    DATE = auto()
    """Like `SENT`, but with a word that other lists use too."""
    SUBJECT = auto()
    OTHER = auto()


ADDRESSES = frozenset({Role.FROM, Role.TO, Role.COPY, Role.REPLY})
OFTEN = frozenset({Role.COPY, Role.OTHER})
"""Roles that may occur twice in a block, such as `Cc` and `Bcc`."""

_LABELS: dict[str, dict[Role, tuple[str, ...]]] = {
    "en": {
        Role.FROM: ("from", "sender"),
        Role.TO: ("to",),
        Role.COPY: ("cc", "bcc", "copy"),
        Role.REPLY: ("reply-to", "reply to"),
        Role.SENT: ("sent", "sent on"),
        Role.DATE: ("date",),
        Role.SUBJECT: ("subject",),
        Role.OTHER: ("importance", "priority", "sensitivity", "attachments", "attachment", "organization", "newsgroups"),
    },
    "es": {
        Role.FROM: ("de", "remitente"),
        Role.TO: ("para", "a", "destinatario", "destinatarios"),
        Role.COPY: ("cc", "cco", "copia", "con copia"),
        Role.REPLY: ("responder a", "respuesta a"),
        Role.SENT: ("enviado", "enviado el", "enviada", "enviada el", "fecha de envío"),
        Role.DATE: ("fecha",),
        Role.SUBJECT: ("asunto",),
        Role.OTHER: ("importancia", "prioridad", "datos adjuntos", "adjuntos", "archivos adjuntos", "organización"),
    },
    "pt": {
        Role.FROM: ("de", "remetente"),
        Role.TO: ("para", "destinatário", "destinatários"),
        Role.COPY: ("cc", "cco", "cópia", "com cópia"),
        Role.REPLY: ("responder a", "responder para"),
        Role.SENT: ("enviado", "enviado em", "enviada", "enviada em", "data de envio"),
        Role.DATE: ("data",),
        Role.SUBJECT: ("assunto",),
        Role.OTHER: ("importância", "prioridade", "anexos", "anexo", "organização"),
    },
    "fr": {
        Role.FROM: ("de", "expéditeur"),
        Role.TO: ("à", "a", "pour", "destinataire", "destinataires"),
        Role.COPY: ("cc", "cci", "copie", "copie à", "copie cachée"),
        Role.REPLY: ("répondre à", "réponse à"),
        Role.SENT: ("envoyé", "envoyé le", "date d'envoi"),
        Role.DATE: ("date",),
        Role.SUBJECT: ("objet", "sujet"),
        Role.OTHER: ("importance", "priorité", "pièces jointes", "pièce jointe", "organisation"),
    },
    "de": {
        Role.FROM: ("von", "absender"),
        Role.TO: ("an", "empfänger"),
        Role.COPY: ("cc", "bcc", "kopie", "blindkopie"),
        Role.REPLY: ("antwort an", "antworten an"),
        Role.SENT: ("gesendet", "gesendet am"),
        Role.DATE: ("datum",),
        Role.SUBJECT: ("betreff",),
        Role.OTHER: ("wichtigkeit", "priorität", "anlagen", "anlage", "anhänge", "anhang", "organisation"),
    },
}  # fmt: skip
"""The header lines of Gmail, Outlook, Apple Mail, Thunderbird and Yahoo, by language."""

LANGUAGES = frozenset(_LABELS)
_KNOWN: dict[str, dict[str, Role]] = {}
"""The role of a label, by label and language."""
for _language, _roles in _LABELS.items():
    for _role, _words in _roles.items():
        for _word in _words:
            _KNOWN.setdefault(_word, {})[_language] = _role

_LABEL = re.compile(
    r"^[\s*_\ufeff\u200b\u200e\u200f]*([^\W\d_][^:\n*<>@]{0,39}?)[\s*_]*(?:\((?:cc|bcc)\)\s*)?:(?!//)[\s*_]*",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?<![\s-])\s*(?=(?:"
    + "|".join(sorted({re.escape(word.capitalize()) for word in _KNOWN if len(word) > 1}, key=len, reverse=True))
    + r")\s?:\s)"
)
"""The start of the next header line when they are all on one line, as in Yahoo."""


def read_label(line: str, languages: frozenset[str] = LANGUAGES) -> tuple[Role, frozenset[str]] | None:
    """Return the role of a header line and the possible languages of its block; None if it is not one in `languages`.

    English labels are accepted with every language: Gmail translates only `From`.
    """
    found = _LABEL.match(line[:_LONGEST])
    if found is None:
        return None
    label = unicodedata.normalize("NFC", " ".join(found[1].lower().replace("’", "'").split()))
    known = _KNOWN.get(label, {})
    if "en" in known:
        return known["en"], languages
    possible = languages & known.keys()
    return (known[min(possible)], possible) if possible else None


def has_label(line: str) -> bool:
    """Return whether a line begins with a label in any language."""
    return bool(_LABEL.match(line[:_LONGEST]))


def apart(line: str) -> list[str]:
    """Split header lines that Yahoo writes on one line."""
    return _GLUED.sub("\n", line).split("\n")
