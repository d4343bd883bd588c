"""Emails forwarded by five programs in five languages, as text and as markup."""

from dataclasses import dataclass

ANA, BEA, LUIS = "ana.ruiz@gremio.example.net", "bea.soto@vecinas.example.net", "luis.paz@puerto.example.net"
HEADLINE = "Dockers walk out at dawn"
ARTICLE = (
    HEADLINE,
    "The dockers of the northern pier laid down their tools before the first shift and walked to the customs house.",
    "Nobody had told the harbor office, which learned of the strike from the drivers who waited at the gate.",
)
REMARK = "Please keep this between us: my sister works there."


@dataclass(frozen=True)
class Words:
    """The programs' terms in one language."""

    sender: str
    sent: str
    date: str
    to: str
    copy: str
    subject: str
    reply: str
    importance: str
    attachments: str
    gmail: str
    apple: str
    thunderbird: str
    yahoo: str
    original: str
    when: str
    colon: str = ":"


LANGUAGES = {
    "en": Words(
        "From", "Sent", "Date", "To", "Cc", "Subject", "Reply-To", "Importance: High", "Attachments: plan.pdf",
        "Forwarded message", "Begin forwarded message:", "Forwarded Message", "Forwarded Message", "Original Message",
        "Monday, November 2, 2026 10:04 AM",
    ),
    "es": Words(
        "De", "Enviado el", "Fecha", "Para", "CC", "Asunto", "Responder a", "Importancia: Alta", "Datos adjuntos: plan.pdf",
        "Forwarded message", "Inicio del mensaje reenviado:", "Mensaje reenviado", "Mensaje reenviado", "Mensaje original",
        "lunes, 2 de noviembre de 2026 10:04",
    ),
    "pt": Words(
        "De", "Enviada em", "Data", "Para", "Cc", "Assunto", "Responder A", "Prioridade: Alta", "Anexos: plan.pdf",
        "Forwarded message", "Início da mensagem encaminhada:", "Mensagem encaminhada", "Mensagem encaminhada",
        "Mensagem original", "segunda-feira, 2 de novembro de 2026 10:04",
    ),
    "fr": Words(
        "De", "Envoyé", "Date", "À", "Cc", "Objet", "Répondre à", "Importance : Haute", "Pièces jointes : plan.pdf",
        "Forwarded message", "Début du message réexpédié :", "Message transféré", "Mail transféré", "Message d’origine",
        "lundi 2 novembre 2026 10:04", "\xa0:",
    ),
    "de": Words(
        "Von", "Gesendet", "Datum", "An", "Cc", "Betreff", "Antwort an", "Wichtigkeit: Hoch", "Anlagen: plan.pdf",
        "Forwarded message", "Anfang der weitergeleiteten Nachricht:", "Weitergeleitete Nachricht",
        "Weitergeleitete Nachricht", "Ursprüngliche Nachricht", "Montag, 2. November 2026 10:04",
    ),
}  # fmt: skip

PEOPLE = f"Bea Soto <{BEA}>"
WRAPPED = f"Luis Paz <{LUIS}>,\n Comisión de Prensa <prensa@gremio.example.net>,\nSecretaría General del Puerto <sec@puerto.example.net>"


def gmail(w, copy):
    """Gmail translates only the first label."""
    lines = [
        f"{w.sender}{w.colon} Ana Ruiz <{ANA}>",
        f"Date: {w.when}",
        "Subject: Pier",
        f"To: {PEOPLE}",
        f"Cc: {copy}",
    ]
    return f"---------- {w.gmail} ---------", lines


def outlook(w, copy):
    """Outlook on the desktop has no marker."""
    lines = [(w.sender, f"Ana Ruiz <{ANA}>"), (w.sent, w.when), (w.to, PEOPLE), (w.copy, copy), (w.subject, "Pier")]
    return "", [*(f"{name}{w.colon} {value}" for name, value in lines), w.importance, w.attachments]


def outlook_web(w, copy):
    """Outlook on the web writes a line."""
    return "_" * 32, outlook(w, copy)[1][:5]


def outlook_old(w, copy):
    """Old versions of Outlook have a marker."""
    return f"-----{w.original}-----", outlook(w, copy)[1]


def apple(w, copy):
    """Apple Mail makes labels bold."""
    lines = [(w.sender, f"Ana Ruiz <{ANA}>"), (w.subject, "Pier"), (w.date, w.when), (w.to, PEOPLE), (w.copy, copy)]
    return w.apple, [f"*{name}{w.colon} *{value}" for name, value in [*lines, (w.reply, ANA)]]


def thunderbird(w, copy):
    """Thunderbird begins with the subject."""
    lines = [(w.subject, "Pier"), (w.date, w.when), (w.sender, f"Ana Ruiz <{ANA}>"), (w.reply, ANA), (w.to, PEOPLE)]
    return f"-------- {w.thunderbird} --------", [
        f"{name}{w.colon} {value}" for name, value in [*lines, (w.copy, copy), ("Organization", "Gremio")]
    ]


def yahoo(w, copy):
    """Yahoo writes everything on one line."""
    sent = w.sent.split()[0]
    lines = [
        (w.sender, f"Ana Ruiz <{ANA}>"),
        (w.to, PEOPLE),
        (w.copy, copy.replace("\n", " ")),
        (sent, f"{w.when} GMT-4"),
    ]
    names = "".join(f"{name}{w.colon} {value}" for name, value in [*lines, (w.subject, "Pier")])
    return "", [f"----- {w.yahoo} ----- {names}"]


PROGRAMS = {one.__name__: one for one in (gmail, outlook, outlook_web, outlook_old, apple, thunderbird, yahoo)}


def as_text(program, language, *, quoted=False, article=ARTICLE, remark=REMARK):
    """Return a forwarded email as text, with a wrapped recipient list."""
    mark, lines = PROGRAMS[program](LANGUAGES[language], WRAPPED)
    inner = "\n".join(line for line in [*lines, "", *"\n\n".join(article).split("\n")])
    if quoted:
        inner = "\n".join(f"> {line}" for line in inner.split("\n"))
    return f"{remark}\n\nAna\n\n" + (f"{mark}\n{inner}" if mark else inner)


def as_markup(program, language, *, apart=False, article=ARTICLE, remark=REMARK):
    """Return a forwarded email as markup, with all header lines in one division or each in its own."""
    mark, lines = PROGRAMS[program](LANGUAGES[language], WRAPPED.replace("\n", ""))
    bold = [_bold(line.replace("*", "").replace("<", "&lt;").replace(">", "&gt;")) for line in lines]
    heads = "".join(f"<div>{line}</div>" for line in bold) if apart else f"<div>{'<br>'.join(bold)}</div>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in article)
    return f"<html><body><div>{remark}<br><br>Ana</div><div>{mark}</div><hr><div>{heads}<div>{body}</div></div></body></html>"


def _bold(line):
    name, colon, value = line.partition(":")
    return f"<b>{name}{colon}</b>{value}"
