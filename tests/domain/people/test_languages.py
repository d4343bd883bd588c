"""The language of emails to a person is a known one, or none."""

import pytest

from app.domain_errors import DomainError


@pytest.mark.parametrize(
    ("typed", "kept"), [("English", "en"), ("inglés", "en"), ("eng", "en"), ("español", "es"), (None, None)]
)
def test_a_language_in_any_spelling_is_stored_by_its_code(make, typed, kept):
    assert make.person("Ana", preferred_language=typed).preferred_language == kept


def test_text_that_is_not_a_language_is_rejected_on_its_field(make):
    with pytest.raises(DomainError) as refused:
        make.person("Ana", preferred_language="my own")
    assert refused.value.field == "preferred_language"
