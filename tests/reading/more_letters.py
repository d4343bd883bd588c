"""Emails forwarded by other programs, which were not used to develop the parser: for measurement only."""

from tests.reading.letters import ANA, ARTICLE, BEA, LANGUAGES, LUIS, REMARK

COPIES = f'"Paz, Luis" <{LUIS}>; prensa@gremio.example.net; Secretaría'
NOTE = f"Hola Bea:\n\n{REMARK}\nNota: no lo compartas. https://mine.example.net/diary\n\nUn abrazo\n-- \nAna"


def gmx(w):
    """GMX begins with the date and has no marker."""
    when = f"{w.when} Uhr"
    return "", [
        f"{w.sent}{w.colon} {when}",
        f'{w.sender}{w.colon} "Ana Ruiz" <{ANA}>',
        f"{w.to}{w.colon} {BEA}",
        f"{w.subject}{w.colon} Pier",
    ]


def outlook_phone(w):
    """Outlook on a phone writes a date."""
    lines = [
        (w.sender, f"Ana Ruiz <{ANA}>"),
        (w.date, w.when),
        (w.to, BEA),
        (w.copy, COPIES),
        (w.subject, "RE: FW: Pier"),
    ]
    return "Get Outlook for iOS\n________________________________", [
        f"{name}{w.colon} {value}" for name, value in lines
    ]


def samsung(w):
    """Samsung's program has its own marker."""
    lines = [
        (w.sender, f"Ana Ruiz <{ANA}>"),
        (w.date, "02/11/2026 10:04 (GMT-05:00)"),
        (w.to, f"Bea <{BEA}>, {LUIS}"),
        (w.subject, "Pier"),
    ]
    return f"-------- {w.original} --------", [f"{name}{w.colon} {value} " for name, value in lines]


def proton(w):
    """Proton always writes English."""
    lines = [
        ("From", f"Ana Ruiz <{ANA}>"),
        ("Date", "On Monday, November 2nd, 2026 at 10:04 AM"),
        ("Subject", "Pier"),
        ("To", f"Bea <{BEA}>"),
        ("CC", COPIES),
    ]
    return "------- Forwarded Message -------", [f"{name}: {value}" for name, value in lines]


def zoho(w):
    """Zoho uses equal signs, and a marker at the end too."""
    lines = [
        ("From", f"Ana Ruiz <{ANA}>"),
        ("To", f'"Bea"<{BEA}>'),
        ("Date", "Mon, 02 Nov 2026 10:04:00 -0500"),
        ("Subject", "Pier"),
    ]
    return "============ Forwarded message ============", [
        *(f"{name}: {value}" for name, value in lines),
        "============ Forwarded message ============",
    ]


def roundcube(w):
    """Roundcube aligns values with tabs."""
    lines = [
        (w.subject, "Pier"),
        (w.date, "2026-11-02 10:04"),
        (w.sender, f"Ana Ruiz <{ANA}>"),
        (w.to, BEA),
        (w.copy, COPIES),
    ]
    return f"-------- {w.original} --------", [f"{name}{w.colon}\t{value}" for name, value in lines]


def notes(w):
    """Notes writes who forwards, and has its own lines."""
    return "----- Forwarded by Bea Soto/Gremio on 02/11/2026 10:04 -----", [
        f"{w.sender}{w.colon}        Ana Ruiz/Gremio", f"{w.to}{w.colon}        Bea Soto/Gremio@Gremio", f"{w.date}{w.colon}        02/11/2026 10:04", f"{w.subject}{w.colon}        Pier",
    ]  # fmt: skip


def starred(w):
    """Programs that convert markup to text write asterisks on both sides."""
    lines = [
        (w.sender, f"Ana Ruiz <mailto:{ANA}>"),
        (w.sent, w.when),
        (w.to, f"Bea <mailto:{BEA}>"),
        (w.copy, COPIES),
        (w.subject, "Pier"),
    ]
    return "", [f"**{name}{w.colon}** {value}" for name, value in lines]


MORE = {one.__name__: one for one in (gmx, outlook_phone, samsung, proton, zoho, roundcube, notes, starred)}


def more_as_text(program, language, quoted):
    """Return an email as text, with everything after the remark quoted or not."""
    mark, lines = MORE[program](LANGUAGES[language])
    text = "\n".join([*([mark] if mark else []), *lines, "", "\n\n".join(ARTICLE)])
    return NOTE + "\n\n" + ("\n".join(f">> {line}".rstrip() for line in text.split("\n")) if quoted else text)


def more_as_markup(program, language, kind):
    """Return an email as markup: header lines in a table, in paragraphs with spans, or in a quotation with breaks."""
    mark, lines = MORE[program](LANGUAGES[language])
    rows = [
        line.replace("*", "").replace("<", "&lt;").replace(">", "&gt;").replace("\t", " ").partition(":")
        for line in lines
    ]
    if kind == "table":
        cells = "".join(
            f"<tr><th valign=baseline nowrap>{name}: </th><td>{value}</td></tr>"
            if colon
            else f"<tr><td colspan=2>{name}</td></tr>"
            for name, colon, value in rows
        )
        heads = f"<table class=headers border=0><tbody>{cells}</tbody></table>"
    elif kind == "paragraphs":
        heads = "".join(
            f"<p class=MsoNormal><b><span lang=x>{name}{colon}</span></b><span>{value}</span></p>"
            for name, colon, value in rows
        )
    else:
        heads = (
            "<blockquote type=cite>"
            + "<br>\n".join(f"<strong>{name}{colon}</strong>{value}" for name, colon, value in rows)
            + "<br><br></blockquote>"
        )
    note = "".join(f"<div>{line or '<br>'}</div>" for line in NOTE.split("\n"))
    body = "".join(f"<div>{paragraph}</div><div><br></div>" for paragraph in ARTICLE)
    return f"<html><head><style>p {{}}</style></head><body>{note}<div>{mark.replace(chr(10), '<br>')}</div>{heads}<div>{body}</div></body></html>"
