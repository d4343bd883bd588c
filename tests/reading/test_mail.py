"""Forwarded emails from different programs, and hostile emails."""

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.mail import LARGEST, Letter, read_mail, without_marks
from benchmarks.hostile import EMAILS

PAGE = "https://paper.example.org/2026/strike"


def letter(text="", html=None, **headers):
    message = EmailMessage()
    message["To"] = "articles+abc@example.org"
    message["Message-ID"] = "<one@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return bytes(message)


def read(raw):
    """Return the only readable email in another, or an empty one."""
    (letter,) = read_mail(raw).letters or (Letter(),)
    return letter


FORWARDED = {
    "English": "FYI\n\n---------- Forwarded message ---------\nFrom: Ana <ana@example.org>\nDate: Mon, 2 Nov 2026\nSubject: Strike\nTo: Bea\n\n",
    "Begin": "Begin forwarded message:\n\n> From: Ana\n> Subject: Strike\n> Date: 2 November\n> To: Bea\n> \n> ",
    "Spanish": "Mira\n\nInicio del mensaje reenviado:\n\nDe: Ana <ana@example.org>\nFecha: 2 de noviembre\nAsunto: Paro\nPara: Bea\n\n",
    "Spanish dashes": "---------- Mensaje reenviado ----------\nDe: Ana\nFecha: hoy\nAsunto: Paro\nPara: Bea\n\n",
    "Portuguese": "---------- Mensagem encaminhada ---------\nDe: Ana\nData: hoje\nAssunto: Greve\nPara: Bea\n\n",
    "French": "-------- Message transféré --------\nDe : Ana\nEnvoyé : hier\nObjet : Grève\nÀ : Bea\n\n",
    "Outlook": "From: Ana\nSent: Monday\nTo: Bea\nSubject: Strike\n\n",
    "starred": "*From:* Ana\n*Sent:* Monday\n*To:* Bea\n\n",
}


@pytest.mark.parametrize("kind", FORWARDED)
def test_forwarding_markers_are_removed(kind):
    assert without_marks(f"{FORWARDED[kind]}The port stood still.\n\nDe: a lone word amid the text.") == (
        "The port stood still.\n\nDe: a lone word amid the text."
    )


def test_quotation_marks_at_the_start_of_lines_are_removed():
    assert without_marks("> > One\n> >\n> > Two > three\n>Four") == "One\n\nTwo > three\nFour"


def test_the_first_address_that_may_be_an_article_is_used():
    text = (
        "https://paper.example.org/unsubscribe?u=1 https://www.facebook.com/sharer.php?u=x https://t.me/share/url?url=x\n"
        f"https://paper.example.org/logo.png https://paper.example.org/ mailto:a@example.org\n(see {PAGE}).\nhttps://other.example.org/a"
    )
    assert read(letter(text)).url == PAGE


def test_a_wrapped_link_is_unwrapped_and_its_reader_is_not_identified():
    wrapped = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example.org%2F2026%2Fstrike%3Fmc_eid%3Dx&data=05%7Cbea%40example.org"
    facebook = "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fsharer"
    mail = read(letter(f"See {facebook} and {wrapped}."))
    assert (mail.url, mail.text) == (PAGE, f"See https://www.facebook.com/sharer and {PAGE}.")
    assert read(letter("", html=f"<a href='{wrapped.replace('&', '&amp;')}'>more</a>")).url == PAGE


def test_the_forwarded_text_takes_precedence_over_the_forwarders_remark():
    text = f"{FORWARDED['English'].replace('FYI', 'See https://mine.example.org/a')}Read {PAGE}"
    assert read(letter(text)).url == PAGE
    assert read(letter(text.replace(PAGE, ""))).url == "https://mine.example.org/a"


def test_an_address_keeps_its_own_brackets():
    assert read(letter("(https://paper.example.org/a_(b))")).url == "https://paper.example.org/a_(b)"


def test_an_html_only_email_is_read_and_its_links_are_found():
    html = f"<html><body><style>p {{}}</style><p>The port</p><p>stood still.</p><a class=x href='{PAGE}?a=1&amp;b=2'>more</a></body></html>"
    message = EmailMessage()
    message.set_content(html, subtype="html")
    mail = read(bytes(message))
    assert mail.text == "The port\n\nstood still.\n\nmore"
    assert mail.url == f"{PAGE}?a=1&b=2"


def test_header_lines_copied_into_markup_are_removed_too():
    html = "<div>---------- Forwarded message ---------<br>From: Ana<br>Date: Monday<br>Subject: Strike<br><p>The port stood still.</p></div>"
    message = EmailMessage()
    message.set_content(html, subtype="html")
    assert read(bytes(message)).text == "The port stood still."


def test_attachments_are_ignored():
    message = EmailMessage()
    message.set_content("Nothing here.")
    message.add_attachment(f"See {PAGE}".encode(), maintype="text", subtype="plain", filename="a.txt")
    mail = read(bytes(message))
    assert (mail.text, mail.url) == ("Nothing here.", None)


def attach(outer, inner, how):
    """Attach an email as programs do: as an email or as a file."""
    if how == "letter":
        outer.add_attachment(inner)
    elif how == "file":
        outer.add_attachment(bytes(inner), maintype="application", subtype="octet-stream", filename="Strike.EML")
    else:
        outer.add_attachment(bytes(inner).decode(), subtype="plain", filename="strike.eml")


def inner_letter(text):
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "ana@example.net", "bea@example.net", "Strike"
    inner.set_content(text)
    return inner


@pytest.mark.parametrize("how", ["letter", "file", "text file"])
def test_attached_emails_are_read_and_the_text_next_to_them_is_a_remark(how):
    outer = EmailMessage()
    outer.set_content("My sister works there: https://mine.example.org/a")
    for text in (f"The port stood still. {PAGE}", "Nothing moved."):
        attach(outer, inner_letter(text), how)
    assert read_mail(bytes(outer)).letters == (
        Letter(f"The port stood still. {PAGE}", PAGE),
        Letter("Nothing moved.", None),
    )


def test_an_attached_email_with_a_nonstandard_encoding_is_read():
    coded = base64.encodebytes(bytes(inner_letter("The port stood still.")))
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nLook\n--b\nContent-Type: message/rfc822\n"
    raw += b"Content-Transfer-Encoding: base64\n\n" + coded + b"\n--b--\n"
    assert [letter.text for letter in read_mail(raw).letters] == ["The port stood still."]


def test_an_email_attached_to_an_attached_email_is_read():
    middle, outer = inner_letter("Look"), inner_letter("Look here")
    middle.add_attachment(inner_letter("The port stood still."))
    outer.add_attachment(middle)
    assert [letter.text for letter in read_mail(bytes(outer)).letters] == ["The port stood still."]


def test_text_forwarded_inside_an_attached_email_is_found():
    outer = inner_letter("Look")
    outer.add_attachment(inner_letter(f"FYI\n\n{FORWARDED['Spanish']}The port stood still."))
    assert read(bytes(outer)).text == "The port stood still."


def test_an_article_next_to_an_attached_email_is_kept_too():
    outer = inner_letter("The port stood still. " * 40)
    outer.add_attachment(inner_letter("Nothing moved."))
    assert len(read_mail(bytes(outer)).letters) == 2


def test_an_unreadable_attached_email_does_not_affect_the_others_and_the_email_itself():
    outer = inner_letter(f"See {PAGE}")
    outer.add_attachment(b"\xff" * 100, maintype="application", subtype="octet-stream", filename="a.eml")
    assert read(bytes(outer)).url == PAGE
    outer.add_attachment(inner_letter("Nothing moved."))
    assert "Nothing moved." in [letter.text for letter in read_mail(bytes(outer)).letters]


def test_a_text_with_pictures_between_its_parts_is_read_completely():
    message = EmailMessage()
    message.set_content("Look")
    message.add_attachment(b"x", maintype="image", subtype="png", disposition="inline")
    message.add_attachment(f"{FORWARDED['Begin']}The port stood still.", disposition="inline")
    assert read(bytes(message)).text == "The port stood still."


@pytest.mark.parametrize("kind", ["a long header", "too large", "many parts", "long types", "nested a little"])
def test_the_recipients_of_an_unreadable_email_are_known(kind):
    mail = read_mail(b"Delivered-To: articles+abc@example.org\r\nMessage-ID: <1@x>\r\n" + EMAILS[kind]())
    assert "articles+abc@example.org" in mail.recipients
    assert mail.letters == ()


def test_a_newsletter_with_a_large_attachment_is_read():
    message = EmailMessage()
    message.set_content("The port stood still.")
    message.add_alternative("<p>The port stood still.</p>", subtype="html")
    message.add_attachment(b"x" * (LARGEST * 7 // 10), maintype="application", subtype="pdf", filename="report.pdf")
    assert read(bytes(message)).text == "The port stood still."


def test_all_recipient_headers_are_read():
    headers = {name: f"{name.lower()}@example.org" for name in ("Delivered_To", "X_Original_To", "Cc", "Envelope_To")}
    recipients = read_mail(letter("x", **headers)).recipients
    assert all(address in recipients for address in (*headers.values(), "articles+abc@example.org"))


def test_an_email_is_recognized_by_its_message_id_or_by_a_hash_of_all_of_it():
    assert read_mail(letter("one")).key == read_mail(letter("two")).key
    bare = [b"To: articles+abc@example.org\n\n" + word for word in (b"one", b"one", b"two")]
    keys = [read_mail(raw).key for raw in bare]
    assert keys[0] == keys[1] != keys[2]


def test_accents_are_preserved_in_every_encoding():
    for charset, coding in (("iso-8859-1", "quoted-printable"), ("utf-8", "base64"), ("utf-8", "8bit")):
        message = EmailMessage()
        message.set_content("La huelga del lunes dejó vacío el muelle.", charset=charset, cte=coding)
        assert "dejó vacío" in read(bytes(message)).text


@pytest.mark.parametrize("kind", EMAILS)
def test_hostile_emails_are_read_without_an_error_and_within_bounds(kind):
    mail = read(EMAILS[kind]())
    assert mail.url is None or mail.url.startswith("http")
    assert len(mail.text) <= 1_000_000


@given(st.binary(max_size=400))
def test_reading_never_raises(raw):
    assert read(raw).text is not None
    assert read(b"Content-Type: multipart/alternative; boundary=b\n\n--b\n" + raw).text is not None
