"""The forwarded text is separated from the forwarder's remark, for five programs and five languages."""

import itertools
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.forwards import letters_in
from app.reading.mail import read_mail, without_marks
from benchmarks.hostile import FORWARDS
from tests.reading.letters import ANA, ARTICLE, HEADLINE, LANGUAGES, PROGRAMS, REMARK, as_markup, as_text
from tests.reading.more_letters import MORE, more_as_markup, more_as_text

BODY = "\n\n".join(ARTICLE)
KINDS = list(itertools.product(PROGRAMS, LANGUAGES))
LONG = " ".join(f"Word{number} of an article that is long enough to be one." for number in range(15))


def read_markup(markup):
    message = EmailMessage()
    message.set_content(markup, subtype="html")
    (letter,) = read_mail(bytes(message)).letters
    return letter.text


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize(("program", "language"), KINDS)
def test_only_the_article_in_a_forwarded_text_is_kept(program, language, quoted):
    assert without_marks(as_text(program, language, quoted=quoted)) == BODY


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(("program", "language"), KINDS)
def test_only_the_article_in_forwarded_markup_is_kept(program, language, apart):
    assert read_markup(as_markup(program, language, apart=apart)) == BODY


@pytest.mark.parametrize(
    ("outer", "inner"), [("gmail", "outlook"), ("outlook", "outlook"), ("apple", "gmail"), ("outlook_web", "yahoo")]
)
def test_the_innermost_email_of_a_double_forward_is_used(outer, inner):
    nested = as_text(inner, "es", remark="Look at this, but do not say that you have it from me.")
    text = as_text(outer, "en", article=[nested])
    assert without_marks(text) == BODY


def test_an_older_email_below_the_article_is_not_the_article():
    older = as_text("outlook", "en", article=["Thanks, see you on Friday."], remark="")
    assert without_marks(as_text("gmail", "en", article=[LONG, older])).split() == [*LONG.split(), "Ana"]


@pytest.mark.parametrize(
    "block",
    [
        "From: Lima\nTo: Cusco", "From: Lima\nTo: Cusco\nDate: 4 November", "De: Lima\nPara: Cusco\nFecha: 4 de noviembre, 10:30",
        "De: la redacción\n\nPara: todos", "A: Yes.\nQ: Why?\nA: Because.", "Date: 4 November\nTo: all dockers\nSubject: wages",
        "Subject: wages\nFrom: nobody", "Mensaje original", "Original message:\nthe wages", "Von: nobody\nFrom: somebody\nBetreff: x",
        "Data: hoje\nDate: today\nFecha: hoy",
    ],
)  # fmt: skip
@pytest.mark.parametrize("forwarded", [False, True])
def test_lines_of_an_article_that_look_like_headers_stay(block, forwarded):
    article = f"{LONG}\n\n{block}\n\nAnd so it ended."
    assert without_marks(as_text("gmail", "es", article=[article]) if forwarded else article) == article


def test_an_email_quoted_in_an_article_does_not_truncate_it():
    quoted = "From: the management\nDate: yesterday\nTo: the staff\nSubject: wages\n\nThere will be none."
    article = f"{LONG}\n\n{quoted}\n\nAnd so it ended."
    assert without_marks(article) == article


@pytest.mark.parametrize(
    "copies",
    [
        f"Cc: one <{ANA}>,\n\ttwo <b@x.example.net>,\n\tthree <c@x.example.net>", f"Cc: one <{ANA}>,\ntwo <b@x.example.net>",
        f"Cc:\n{ANA}", "Cc: Comisión de Prensa y Propaganda del Sindicato Único\nde Estibadores; Secretaría", "Cc: one; two\nthree",
        f"Cc: {'x' * 60}\n{ANA}; four", f"Cc: one <{ANA}>\nBcc: two;\n  three",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", "-----Original Message-----\n"])
def test_a_wrapped_recipient_list_is_removed_completely(copies, mark):
    head = f"{REMARK}\n{mark}From: Ana\nSent: Monday\nTo: Bea\n{copies}\nSubject: Pier"
    assert without_marks(f"{head}\n\n{BODY}") == BODY
    assert without_marks(f"{head.replace('Subject: Pier', '').rstrip()}\n\n{BODY}") == BODY or not mark


def test_a_long_subject_continues_on_the_next_line():
    head = "From: Ana\nSent: Monday\nSubject: The dockers of the northern pier have laid down their\ntools\n\n"
    assert without_marks(head + BODY) == BODY


def test_a_text_that_follows_its_headers_without_a_blank_line_is_kept():
    assert without_marks(f"Begin forwarded message:\nFrom: Ana\nDate: Monday\nTo: Bea\nSubject: Pier\n{BODY}") == BODY


def test_dashes_around_words_in_another_language_count_if_header_lines_follow():
    head = f"{REMARK}\n\n-------- Messaggio Inoltrato --------\nOggetto: \tMolo\nData: \tieri\nMittente: \tAna\nA: \tBea\n\n"
    assert without_marks(head + BODY) == BODY
    article = f"{LONG}\n\n--- Publicidad ---\n\nAnd so it ended."
    assert without_marks(article) == article


@pytest.mark.parametrize(
    "line",
    [
        f"On Mon, Nov 2, 2026 at 10:04 AM Ana Ruiz <{ANA}> wrote:", f"On Mon, Nov 2, 2026 at 10:04 AM Ana Ruiz <{ANA}>\nwrote:",
        f"El lun, 2 nov 2026 a las 10:04, Ana Ruiz (<{ANA}>) escribió:", f"Em seg., 2 de nov. de 2026 às 10:04, Ana Ruiz <\n{ANA}> escreveu:",
        f"Le lun. 2 nov. 2026 à 10:04, Ana Ruiz <{ANA}> a écrit\xa0:", f"Am 02.11.2026 um 10:04 schrieb Ana Ruiz <{ANA}>:",
    ],
)  # fmt: skip
def test_the_quoted_email_in_a_reply_is_distinguished_from_the_reply(line):
    quoted = "\n".join(f"> {one}" for one in BODY.split("\n"))
    assert without_marks(f"{REMARK}\n\n{line}\n\n{quoted}") == BODY


def test_an_unknown_header_line_is_removed():
    head = f"{REMARK}\nFrom: Ana <{ANA}>\nSent: Monday\nTo: Bea\nClassification: Internal\nSubject: Pier\nRetention: 5 years\n\n"
    assert without_marks(head + BODY) == BODY


def test_a_recipient_list_that_ends_in_a_semicolon_does_not_include_the_article():
    lines = [f"From: Ana &lt;{ANA}&gt;", "Sent: Monday", "Subject: Pier", "To: Bea; Luis;"]
    assert read_markup(
        f"<div>{'<br>'.join(lines)}</div>" + "".join(f"<p>{one}</p>" for one in ARTICLE[1:])
    ) == "\n\n".join(ARTICLE[1:])


def test_every_line_break_may_be_doubled():
    assert without_marks(as_text("outlook", "pt").replace("\n", "\n\n")).split() == BODY.split()


def test_the_headline_is_that_of_the_article():
    message = EmailMessage()
    message.set_content(as_text("outlook", "pt"))
    (letter,) = read_mail(bytes(message)).letters
    assert letter.text.split("\n")[0] == HEADLINE
    assert "@" not in letter.text


@given(
    st.lists(
        st.sampled_from(
            [
                "From: a",
                "To: b@x.example",
                "",
                "Date: 3:30",
                "Subject: c",
                "Cc: d,",
                "--- Original Message ---",
                "x",
                "> y",
            ]
        )
    )
)
def test_header_lines_in_any_order_never_raise(lines):
    assert letters_in("\n".join(lines))


@pytest.mark.parametrize("kind", FORWARDS)
def test_header_lines_alone_are_read(kind):
    assert letters_in(FORWARDS[kind]())


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize(("program", "language"), list(itertools.product(MORE, LANGUAGES)))
def test_only_the_article_is_kept_in_texts_forwarded_by_other_programs(program, language, quoted):
    assert without_marks(more_as_text(program, language, quoted)) == BODY


@pytest.mark.parametrize("kind", ["table", "paragraphs", "quotation"])
@pytest.mark.parametrize(("program", "language"), list(itertools.product(MORE, LANGUAGES)))
def test_only_the_article_is_kept_in_markup_forwarded_by_other_programs(program, language, kind):
    assert read_markup(more_as_markup(program, language, kind)) == BODY
