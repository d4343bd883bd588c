"""Every form normalizes email addresses and reports invalid ones."""

import inspect

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from app.email_addresses import NO_MAILBOX
from app.forms.accounts import accounts
from app.forms.base import Form
from app.forms.campaigns import subscriptions
from app.forms.people import people

FORMS = [
    one
    for module in (accounts, people, subscriptions)
    for _, one in inspect.getmembers(module, inspect.isclass)
    if issubclass(one, Form) and hasattr(one, "email")
]


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_the_address_is_cleaned_and_the_error_is_shown_on_its_field(app, kind):
    assert len(FORMS) >= 5
    with app.test_request_context(), force_locale("en"):
        form = kind(formdata=MultiDict({"email": "mailto:Ana@xn--mnchen-3ya.de\u200b,"}))
        form.email.validate(form)
        assert (form.email.data, list(form.email.errors)) == ("ana@münchen.de", [])
        form = kind(formdata=MultiDict({"email": "ana luz@example.org"}))
        assert not form.email.validate(form)
        assert list(form.email.errors) == [NO_MAILBOX]
