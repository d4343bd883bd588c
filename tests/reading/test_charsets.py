"""Bytes are decoded as in browsers, and correctly even with a wrong label: in pages, feeds and emails."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.charsets import decoded
from app.reading.feeds import read_feed
from app.reading.mail import read_mail
from app.reading.markup import tree_of
from benchmarks.hostile import BYTES

SPANISH = "La Confederación anunció una huelga: ¿qué dirán los señores de la patronal? Mañana habrá más."
TYPED = "“El muelle” – 30 €"
RUSSIAN = "Профсоюзы объявили забастовку на заводе. Рабочие требуют повышения зарплаты."
JAPANESE = "港湾労働者がストライキを始めた。"

LABELED = [
    (SPANISH, "utf-8", "utf-8"), (SPANISH, "cp1252", "iso-8859-1"), (SPANISH, "cp1252", "Latin1"), (SPANISH, "cp1252", "us-ascii"),
    (TYPED, "cp1252", "iso-8859-1"), (TYPED, "cp1252", "us-ascii"), (TYPED, "cp1252", "windows-1252"), (TYPED, "utf-8", "iso-8859-1"),
    (SPANISH, "utf-8", "us-ascii"), (SPANISH, "utf-8", "windows-1251"), (SPANISH, "utf-8", "shift_jis"), (SPANISH, "utf-8", "gb2312"),
    (RUSSIAN, "cp1251", '"Windows-1251"'), (RUSSIAN, "koi8-r", "koi8-r"), (RUSSIAN, "utf-8", "koi8-r"), (RUSSIAN, "cp1251", "x-cp1251"),
    ("Ağustos’ta grev", "cp1254", "iso-8859-9"), ("ประท้วง", "cp874", "tis-620"), (JAPANESE, "cp932", "x-sjis"), (JAPANESE, "euc_jp", "euc-jp"),
    (JAPANESE, "iso2022_jp", "iso-2022-jp"), ("联通", "gbk", "gb2312"), ("罢工持续到星期五", "gb18030", "x-gbk"), ("罷工", "big5", "Big5"),
    ("파업", "cp949", "ks_c_5601-1987"), ("שביתה", "iso8859-8", "iso-8859-8-i"), ("Łódź", "iso8859-2", "latin2"), ("€ œ", "iso8859-15", "l9"),
    (SPANISH, "utf-16-le", "utf-16"), (SPANISH, "utf-16-be", "utf-16be"), (SPANISH, "utf-8", "utf-16"), (SPANISH, "cp1252", "utf-8"),
    (SPANISH, "utf-8", ""), (SPANISH, "utf-16-le", ""), (SPANISH, "utf-16-be", ""), (SPANISH * 20, "cp1252", ""), ("é", "cp1252", ""),
    (RUSSIAN, "cp1251", ""), (TYPED, "cp1252", ""), (SPANISH, "utf-8", "klingon"), (SPANISH, "utf-8", "base64"), (SPANISH, "utf-8", "utf-7"),
    (SPANISH, "utf-8", "unicode_escape"), (SPANISH, "utf-8", "unknown-8bit"), ("", "utf-8", "ascii"), ("plain", "utf-8", "koi8-r"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "label"), LABELED)
def test_bytes_are_decoded_with_the_charset_they_were_written_in(text, written, label):
    assert decoded(text.encode(written), label) == text


@pytest.mark.parametrize("label", ["", "iso-8859-1", "utf-8", "gb2312", "klingon"])
@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_takes_precedence_over_every_label(label, mark):
    assert decoded(RUSSIAN.encode(mark), label) == RUSSIAN
    assert decoded(b"\xfe\xff" + RUSSIAN.encode("utf-16-be"), label) == RUSSIAN


@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("stray", [b"\xe9", b"\xc3", b"\xa0", b"\xff\xfe"])
def test_a_stray_byte_does_not_garble_the_rest(label, stray):
    text = decoded(SPANISH.encode() * 3 + stray + SPANISH.encode(), label)
    assert text.startswith(SPANISH * 3)
    assert text.endswith(SPANISH)


def test_a_character_that_was_cut_in_two_does_not_garble_the_rest():
    assert decoded(SPANISH.encode()[: SPANISH.encode().index("ó".encode()) + 1]).startswith("La Confederaci")


DECLARED = {
    "attribute": "<meta charset=koi8-r>",
    "content": '<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">',
    "content first": "<META content='text/html;charset=koi8-r' http-equiv='content-type'>",
    "XML": '<?xml version="1.0" encoding="koi8-r"?>',
    "after a comment": '<!-- <meta charset="utf-16"> --><meta charset="koi8-r">',
    "after one that is unknown": '<meta charset="x-unknown"><meta charset="koi8-r">',
    "beside words": '<meta name="description" content="charset=iso-8859-2"><meta charset="koi8-r">',
    "late": f"<title>{'x' * 2000}</title><meta charset=koi8-r>",
}


@pytest.mark.parametrize("kind", DECLARED)
def test_the_charset_declared_in_a_page_is_found(kind):
    data = f"{DECLARED[kind]}<p>{RUSSIAN}</p>".encode("koi8-r")
    assert RUSSIAN in decoded(data, markup=True)


def test_a_declaration_in_a_comment_without_an_end_is_none():
    assert SPANISH in decoded(f"<p>{SPANISH}</p><!-- <meta charset=koi8-r>".encode("cp1252"), markup=True)


def test_the_server_takes_precedence_over_the_page_and_a_readable_declaration_is_not_utf_16():
    assert RUSSIAN in decoded(b"<meta charset=koi8-r>" + RUSSIAN.encode("cp1251"), "windows-1251", markup=True)
    assert SPANISH in decoded(b"<meta charset=utf-16>" + SPANISH.encode(), markup=True)
    assert RUSSIAN in decoded(b"<meta charset=koi8-r>" + RUSSIAN.encode("koi8-r"), "utf-8", markup=True)


@pytest.mark.parametrize(
    ("written", "label"), [("utf-8", "iso-8859-1"), ("cp1252", ""), ("cp1252", "us-ascii"), ("utf-16", "utf-8")]
)
def test_pages_feeds_and_emails_are_decoded_in_the_same_way(written, label):
    page = tree_of(f"<html><body><p>{SPANISH}</p></body></html>".encode(written), label)
    assert page.text_content() == SPANISH
    feed = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{SPANISH}</title></channel></rss>'
    assert read_feed(feed.encode(written), "https://a.example.org/", label).title == SPANISH
    for kind, body in (("plain", SPANISH), ("html", f"<p>{SPANISH}</p>")):
        head = f"To: a@example.org\nContent-Type: text/{kind}{f'; charset={label}' if label else ''}\n"
        raw = head.encode() + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(body.encode(written))
        assert [letter.text for letter in read_mail(raw).letters] == [SPANISH]


def test_an_email_without_encoding_headers_is_read():
    for written in ("utf-8", "cp1252"):
        (letter,) = read_mail(b"To: a@example.org\n\n" + SPANISH.encode(written)).letters
        assert letter.text == SPANISH


@given(st.binary(max_size=300), st.text(max_size=20))
def test_decoding_never_raises(data, label):
    for text in (decoded(data, label), decoded(data, label, markup=True), decoded(b"<meta charset=" + data)):
        assert text.encode().decode() == text


@pytest.mark.parametrize("kind", BYTES)
def test_long_input_is_decoded(kind):
    assert decoded(BYTES[kind](), markup=True)
