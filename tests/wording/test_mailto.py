"""Links that open a letter in the reader's email program."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from app.wording.mailto import mailto

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")))


@settings(max_examples=80)
@given(WORDS, st.lists(WORDS, max_size=4))
def test_every_text_arrives_as_it_was_written(subject, lines):
    link = urlsplit(mailto("post@example.org", subject, "\n".join(lines)))
    assert (link.scheme, link.path, link.fragment) == ("mailto", "post@example.org", "")
    sent = parse_qs(link.query, keep_blank_values=True, strict_parsing=True)
    assert sent["subject"] == [subject]
    assert sent["body"][0].split("\r\n") == ("\n".join(lines).splitlines() or [""])


def test_spaces_are_not_written_as_plus_signs_and_no_recipient_can_be_slipped_in():
    assert mailto("a&b@bücher.example", "1 + 1", "x&cc=b@example.org") == (
        "mailto:a%26b@xn--bcher-kva.example?subject=1%20%2B%201&body=x%26cc%3Db%40example.org"
    )
