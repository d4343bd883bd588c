"""The layout of templates, which keeps diffs small."""

import re

import pytest

from app.config import TEMPLATES

WIDEST = 120
BLOCKS = (
    "div|section|article|aside|header|footer|nav|main|figure|form|fieldset|ul|ol|li|dl|dt|dd"
    "|table|thead|tbody|tr|td|th|p|h1|h2|h3|h4|details|summary|blockquote"
)
OPENING = re.compile(rf"<(?:{BLOCKS})(?=[\s>{{]|$)")
TAG = re.compile(r"<[a-z][^<>]*?(?:\{[{%].*?[%}]\}[^<>]*?)*>", re.DOTALL)
STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)")
MACRO = re.compile(r"\{%[-+]?\s*macro\s+(\w+)")
OPENS = {"if", "for", "macro", "block", "call"}

COMPARED = re.compile(r"\.value\s*(?:[!=]=|(?:not )?in\b)|\.(?:status|kind|effect|answer)\s*[!=]=\s*[\"']")
"""A comparison of an enum member by its text; it belongs in a property, such as `problem.closes`."""

STOPPED = re.compile(r"(?<!loop\.index) \}\}\.(?!\.)")
"""A full stop after a value, which may itself end in one."""

LINES = {
    f"{path.relative_to(TEMPLATES).as_posix()}:{number}": line
    for path in sorted(TEMPLATES.rglob("*"))
    if path.is_file()
    for number, line in enumerate(path.read_text().splitlines(), start=1)
}
PAGES = {place: line for place, line in LINES.items() if ".html:" in place}


def crowded(line):
    """Return whether a line opens two block elements, or one next to a statement outside its tag."""
    opened = len(OPENING.findall(line))
    outside = STATEMENT.search(TAG.sub("", line))
    return opened > 1 or (opened == 1 and outside is not None)


def nested(line):
    """Return whether a line opens two statements outside tags, such as a loop and a condition in it."""
    return sum(word in OPENS for word in STATEMENT.findall(TAG.sub("", line))) > 1


def test_no_template_line_is_too_long():
    assert {place: len(line) for place, line in LINES.items() if len(line) > WIDEST} == {}


def test_each_block_element_begins_on_its_own_line():
    assert [place for place, line in PAGES.items() if crowded(line)] == []


def test_each_condition_and_loop_begins_on_a_line_of_its_own():
    assert [place for place, line in PAGES.items() if nested(line)] == []


def test_no_template_defines_a_macro_twice():
    defined = [(place.partition(":")[0], MACRO.search(line)[1]) for place, line in LINES.items() if MACRO.search(line)]
    assert [one for one in set(defined) if defined.count(one) > 1] == []


def test_no_template_compares_members_of_enums_by_their_text():
    assert [place for place, line in LINES.items() if COMPARED.search(line)] == []


def test_sentences_that_end_in_a_value_use_the_full_stop_filter():
    assert [place for place, line in LINES.items() if STOPPED.search(line)] == []


@pytest.mark.parametrize(
    "line",
    ['{% if leg.status.value == "done" %}', "{% if x.kind.value not in ('a', 'b') %}", '{% if one.effect != "x" %}'],
)
def test_a_comparison_by_text_is_detected(line):
    assert COMPARED.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li>{{ one }}</li>",
        '<div class="a"><p>{{ one }}</p></div>',
        "{% if one %}<p>{{ one }}</p>{% endif %}",
        "<p>{{ one }}{% if two %} {{ two }}{% endif %}</p>",
        "<h2>{{ title }}</h2><table>",
    ],
)
def test_a_crowded_line_is_detected(line):
    assert crowded(line)


@pytest.mark.parametrize(
    "line",
    [
        "<td>{{ one }}</td>",
        '<p class="lead{% if late %} due{% endif %}">{{ one }}</p>',
        '<li class="{% if a > b %}no{% endif %}"><b>{{ one }}</b></li>',
        "{% block title %}{{ title }}{% endblock %}",
        "<picture>",
    ],
)
def test_a_line_with_one_element_is_not_crowded(line):
    assert not crowded(line)
