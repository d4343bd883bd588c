"""Quick entry in words: the figures that the benchmark promises, and what has to hold for any text."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.phrasing.marks import Priority
from app.phrasing.phrases import LONGEST, Reading, read
from benchmarks.follow_ups_cases import quick_entry

NOW = quick_entry.NOW
WORDS = [
    "\nfriday",
    "viernes",
    "sexta",
    "vendredi",
    "next",
    "próximo",
    "mañana",
    "demain",
    "at",
    "a",
    "las",
    "5",
    "às",
    "9h30",
    "17h",
    "3/4",
    "31/2",
    "le",
    "de",
    "el",
    "the",
    "every",
    "cada",
    "toda\nchaque",
    "lunes",
    "monday",
    "@ana",
    "!high",
    "#visa",
    "before",
    "antes",
    "del",
    "hasta",
    "until",
    "marzo",
    "may",
    "2026-12-31",
    "12:61",
    "99",
    "mañana,",
    ":",
    "-",
    "(",
    ")",
    "'",
    '"',
    "“",
    "\x00\ndans",
    "in",
    "3",
    "quinze",
    "days",
    "jours",
    "last",
    "pasado",
    "semana",
    "week",
    "mes",
    "end",
    "of",
    "fin",
    "du",
    "month",
    "mediodía",
    "midi",
    "noon",
    "8",
    "0",
    "00:00",
    "24h",
    "29",
    "febrero\n",
]


def due(text, language="en", now=NOW):
    return [(one.day, one.at) for one in read(text, now, language).readings]


@pytest.mark.parametrize(
    "case", [one for one in quick_entry.cases(quick=True) if "all" in one.name or "wrong" in one.name]
)
def test_phrases_are_read_as_well_as_promised_and_no_date_is_wrong_without_a_question(case):
    assert case.met, f"{case.name}: {case.value}"


def test_everything_in_a_line_is_understood_at_once():
    phrase = read('Llamar al consulado el viernes a las 17:30 @"Ana Pérez" !alta #visas', NOW, "es")
    assert phrase.readings == (Reading("Llamar al consulado", date(2026, 12, 4), time(17, 30)),)
    assert (phrase.handles, phrase.priority, phrase.tags) == (("Ana Pérez",), Priority.HIGH, ("visas",))


def test_a_reader_of_one_language_may_write_in_another():
    friday = [(date(2026, 12, 4), None)]
    for language in ("en", "es", "pt", "fr"):
        assert due("call the consulate on Friday", language) == friday
        assert due("llamar al consulado el viernes", language) == friday
        assert due("ligar para o consulado na sexta-feira", language) == friday
        assert due("appeler le consulat vendredi", language) == friday


def test_the_order_of_day_and_month_is_asked_only_where_it_may_be_english():
    both = [(date(2027, 3, 4), None), (date(2027, 4, 3), None)]
    assert due("send the list on 3/4") == both
    assert due("send the list on 3/4", "fr") == both
    assert due("enviar la lista el 3/4", "es") == both[1:]


def test_a_day_of_the_week_that_is_today_is_asked_unless_the_time_has_passed():
    assert due("call Ana Wednesday") == [(date(2026, 12, 2), None), (date(2026, 12, 9), None)]
    assert due("call Ana Wednesday 9am") == [(date(2026, 12, 9), time(9))]


def test_an_unknown_priority_and_an_address_stay_in_the_title():
    phrase = read("write to ana@example.org !soon", NOW, "en")
    assert phrase.readings == (Reading("write to ana@example.org !soon"),)
    assert (phrase.handles, phrase.priority) == ((), None)


def test_the_thirty_first_and_the_leap_day_are_found_on_the_next_month_that_has_them():
    assert due("pay on the 31st", now=NOW.replace(year=2027, month=2, day=1)) == [(date(2027, 3, 31), None)]
    assert due("pay on February 29") == [(date(2028, 2, 29), None)]
    assert due("pay on February 30") == [(None, None)]


@settings(max_examples=60)
@given(
    st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)),
    st.sampled_from(["en", "es", "pt", "fr", "de"]),
    st.integers(0, 80_000).map(lambda days: NOW + timedelta(days=days, minutes=days)),
)
def test_any_text_is_read_without_an_error_and_no_day_is_before_today(text, language, now):
    phrase = read(text, now, language)
    assert phrase.readings
    assert len(set(phrase.readings)) == len(phrase.readings)
    assert all(one.day is None or one.day >= now.date() for one in phrase.readings)
    assert all(one.day is not None or one.at is None for one in phrase.readings)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["banner", "lista", "ônibus", "tracts", *WORDS]), max_size=10).map(" ".join))
def test_a_word_that_nothing_else_is_made_of_stays_in_the_title(text):
    phrase = read(f"{text} xyzzy", NOW, "es")
    assert all("xyzzy" in one.title for one in phrase.readings) or any("xyzzy" in handle for handle in phrase.handles)


def test_a_text_is_read_up_to_its_longest_length():
    assert len(read("x" * 10_000, NOW, "en").readings[0].title) == LONGEST
