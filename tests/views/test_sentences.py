"""Sentences end in one period, whatever is filled in: in templates, in code, and in each language."""

from html import unescape

import pytest
from flask import render_template_string
from flask_babel import force_locale, gettext, ngettext

from app.models.accounts.accounts import Role
from app.models.congress.delegations import DelegationStatus

WAITS = "Last error: %(error)s. Next attempt: %(when)s."


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("error", ["451 Try again.", "451 <later>?"])
def test_a_filled_in_value_may_end_the_sentence(house, locale, error):
    page = "{{ _('" + WAITS + "', error=error, when='9 p. m.') }}"
    with house.app.test_request_context(), force_locale(locale):
        said = gettext(WAITS, error=error, when="9 p. m.")
        shown = render_template_string(page, error=error)
    assert unescape(shown) == said
    assert f": {error} " in said
    assert said.endswith(" 9 p. m.")
    assert "<later>" not in shown


def test_counts_end_their_sentences(house):
    with house.app.test_request_context(), force_locale("en"):
        assert ngettext("%(num)d of %(of)s.", "%(num)d of %(of)s.", 2, of="Acme Inc.") == "2 of Acme Inc."
        page = "{{ ngettext('%(num)d of %(of)s.', '%(num)d of %(of)s.', 2, of='Acme Inc.') }} {{ _('All of it.') }}"
        assert render_template_string(page) == "2 of Acme Inc. All of it."


def test_a_reason_typed_with_a_period_gets_no_second_one(house, browse):
    with house.open() as make:
        ana, congress = make.user("Ana"), make.congress()
        make.grant(ana, Role.COORDINATOR, congress=congress)
        unable = {"status": DelegationStatus.UNABLE_TO_ATTEND, "reason": "No leave was granted."}
        delegation = make.delegation(congress, **unable)
        path = f"/congresses/{congress.id}/delegations/{delegation.id}"
    page = unescape(browse(ana).get(path).get_data(as_text=True))
    assert "No leave was granted." in page
    assert "granted.." not in page


def test_a_constant_in_a_template_is_named_in_the_language_of_each_reader(house):
    with house.app.test_request_context():
        with force_locale("es"):
            template = house.app.jinja_env.from_string("{{ 'en' | language_name }}")
            assert template.render() == "inglés"
        with force_locale("en"):
            assert template.render() == "English"
