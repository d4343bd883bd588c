"""Everything in pages and emails is translated into every language."""

import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from app.commands.translations import SOURCE, collect, read_catalog
from app.config import MEMBER_LOCALES, TRANSLATIONS

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]")

EXAMPLES = {
    "Choose a number from 1 to %(most)s",
    "Enter 0 for the date itself",
    "Enter 0 to start on the due day",
    "Enter 2 for every second day",
    "Its origin",
    "One delegation per line: “Union of Dockers",
    "The mail server accepts only plain ASCII letters before the @ (it does not support SMTPUTF8)",
}
"""The beginnings of the sentences that contain a digit which is no limit."""


@pytest.fixture(params=MEMBER_LOCALES)
def catalog(request):
    return read_catalog(request.param)


def by_key(catalog):
    """Return the messages by msgid; plural messages by their singular."""
    return {catalog._key_for(message.id, message.context): message for message in catalog if message.id}


def forms(said):
    return said if isinstance(said, tuple | list) else (said,)


def test_the_catalog_contains_exactly_the_messages_of_code_and_templates(catalog):
    said, kept = by_key(collect(str(catalog.locale))), by_key(catalog)
    assert sorted(map(str, said.keys() - kept.keys())) == []
    assert sorted(map(str, kept.keys() - said.keys())) == []
    assert [key for key in said if forms(said[key].id) != forms(kept[key].id)] == []
    assert not catalog.obsolete


def test_every_message_is_translated_in_all_plural_forms(catalog):
    untranslated = [
        message.id
        for message in by_key(catalog).values()
        if message.fuzzy
        or not all(forms(message.string))
        or len(forms(message.string)) != (catalog.num_plurals if message.pluralizable else 1)
    ]
    assert untranslated == []


def test_every_translation_has_the_placeholders_of_its_message(catalog):
    unlike = []
    for message in by_key(catalog).values():
        said = [sorted(PLACEHOLDER.findall(form)) for form in forms(message.id)]
        for place, translated in enumerate(forms(message.string)):
            if translated and sorted(PLACEHOLDER.findall(translated)) != said[min(place, len(said) - 1)]:
                unlike.append((message.id, translated))
    assert unlike == []


def test_the_source_language_catalog_repeats_the_messages():
    assert [message.id for message in by_key(read_catalog(SOURCE)).values() if message.string != message.id] == []


def test_compiled_catalogs_match_their_sources(catalog):
    compiled = BytesIO()
    write_mo(compiled, catalog)
    path = TRANSLATIONS / str(catalog.locale) / "LC_MESSAGES" / "messages.mo"
    assert path.read_bytes() == compiled.getvalue()


def test_every_catalog_belongs_to_an_offered_language():
    assert {path.name for path in TRANSLATIONS.iterdir()} == set(MEMBER_LOCALES)


def test_sentences_take_limits_from_the_code_and_contain_only_numbers_that_are_examples():
    words = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|hundred|thousand"
    limit = re.compile(
        rf"\b(?:\d+|{words}) (?:\w+ )?(?:days?|years?|hours?|minutes?|characters?|seats?|lines?|MB)\b", re.IGNORECASE
    )
    assert [message.id for message in by_key(read_catalog(SOURCE)).values() if limit.search(str(message.id))] == []
    numbered = [key for key in map(str, by_key(read_catalog(SOURCE))) if re.search(r"\d", PLACEHOLDER.sub("", key))]
    assert {re.split(r"[.,]", key)[0] for key in numbered} == EXAMPLES
