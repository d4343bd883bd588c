"""Quotations: found despite typographic changes, and marked without changing the text."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from app.reading.quotations import FoldedText, Mark, Span, around, marked

LETTERS = st.text(st.sampled_from("ab<>&\"' \n«é‘’“”–…\u00a0"), max_size=60)


@st.composite
def texts_with_marks(draw):
    text = draw(LETTERS)
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    marks = [Mark(f"note-{n}", str(n), f"Note {n}", Span(*span)) for n, span in enumerate(spans)]
    return text, marks


def paragraphs_of(text):
    return [one for one in re.split(r"\n\s*\n", text) if one.strip()]


@given(texts_with_marks())
def test_removing_the_marks_gives_the_original_text(drawn):
    text, marks = drawn
    bare = [re.sub(r"<a [^>]*></a>|<mark[^>]*>|</mark>", "", str(one)) for one in marked(text, marks)]
    assert bare == [str(escape(one)) for one in paragraphs_of(text)]


@given(texts_with_marks())
def test_elements_nest_and_each_mark_has_one_id_and_one_reference(drawn):
    text, marks = drawn
    page = "".join(marked(text, marks))
    depth = 0
    for tag in re.findall(r"</?\w+", page):
        depth += {"<mark": 1, "</mark": -1}.get(tag, 0)
        assert depth >= 0
    assert depth == 0
    stretches = [text[one.span.start : one.span.end] for one in marks]
    visible = [one for one, words in zip(marks, stretches, strict=True) if words.strip()]
    for one in visible:
        assert page.count(f'id="{one.name}"') == 1
        assert page.count(f'href="#about-{one.name}"') == 1


@given(texts_with_marks())
def test_a_mark_contains_exactly_its_words(drawn):
    text, marks = drawn
    for one in marks:
        inside = "".join(
            piece.text_content()
            for paragraph in marked(text, [one])
            for piece in html.fromstring(f"<div>{paragraph}</div>").iter("mark")
        )
        words = text[one.span.start : one.span.end]
        if not re.search(r"\n\s*\n", text):
            assert inside == (words if text.strip() else "")
        else:
            assert "".join(inside.split()) == "".join(words.split())


@given(LETTERS, st.data())
def test_words_copied_from_a_text_are_found_at_their_position(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = FoldedText(text).find(text[start:end])
    if text[start:end].strip():
        assert any(one.start <= end and one.end >= start and one.start <= start + 60 for one in found)
    else:
        assert found == []


def test_other_quotation_marks_dashes_and_spaces_do_not_matter():
    text = "He said: “No\u00a0pasarán” – and\nleft… ‘at once’."
    (span,) = FoldedText(text).find("\"No pasarán\" - and  left... 'at once'")
    assert text[span.start : span.end] == "“No\u00a0pasarán” – and\nleft… ‘at once’"


def test_soft_hyphens_do_not_hide_a_word():
    (span,) = FoldedText("The dele\u00adgations came.").find("delegations")
    assert (span.start, span.end) == (4, 16)


def test_every_occurrence_of_the_words_is_found():
    assert [one.start for one in FoldedText("aXbXcX").find("X")] == [1, 3, 5]


def test_words_are_found_again_by_their_context():
    before = "They came by land. They left by sea. They came by air."
    place = FoldedText(before).find("They came")[1]
    prefix, suffix = around(before, place, 32)
    after = f"A new beginning. And some more of it. They came by land. {before[19:]}"
    span = FoldedText(after).anchor("They came", prefix, suffix, place.start)
    assert after[span.start :].startswith("They came by air")


def test_deleted_words_have_no_position():
    assert FoldedText("Nothing of it.").anchor("They came", "", "", 3) is None


def test_with_equal_contexts_the_nearest_occurrence_is_chosen():
    text = "x go x go x go x"
    span = FoldedText(text).anchor("go", " ", " ", 7)
    assert span.start == 7


def test_a_text_cannot_break_out_of_its_mark():
    (paragraph,) = marked("<script>x</script>", [Mark('a"b', "1", '"><b>', Span(0, 8))])
    assert "<script" not in paragraph
    assert "<b>" not in paragraph
    assert 'a"b' not in paragraph
