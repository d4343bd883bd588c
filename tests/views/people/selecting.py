"""Helpers for tests of pages about selected records."""

import re

from tests.views.pages import text


def address(verb, ids, *, of="people"):
    return f"/{of}/selected/{verb}?" + "&".join(f"id={number}" for number in ids)


def confirm(browser, path, **sent):
    """Open a page, and send its form as a browser does."""
    return browser.post(path, shown(browser.get(path)) | sent)


def shown(page):
    """Return the hidden fields with which a page names what it showed."""
    return dict(re.findall(r'name="(selection|idempotency_key)" value="(\w+)"', page.text))


def told(browser, answer):
    """Return the page after a form, and the address of its button to undo."""
    page = browser.get(answer.location)
    return text(page), next(iter(re.findall(r'action="(/[^"]*undo/\d+)"', page.text)), None)
