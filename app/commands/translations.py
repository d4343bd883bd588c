"""Translation catalogs: extracted from the code, merged into each language, compiled."""

from datetime import UTC, datetime
from fnmatch import fnmatch
from functools import cache
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.config import LOCALES, MEMBER_LOCALES, ROOT, TRANSLATIONS

METHODS = [("app/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
FOR_MEMBERS = (
    "app/views/congress/personal.py",
    "templates/congress/personal/card.html",
    "templates/congress/personal/closed.html",
    "templates/travel/cards/file.html",
    "templates/travel/cards/parts.html",
    "app/wording/border_labels.py",
    "app/wording/problems.py",
    "templates/emails/base.html",
    "templates/emails/campaigns/*",
    "templates/campaigns/subscriptions/*",
    "templates/emails/mobilizing/*",
    "templates/mobilizing/my_shifts/*",
    "templates/emails/people/*",
    "templates/people/mailings/over.html",
    "templates/people/mailings/unsubscribe.html",
    "templates/campaigns/address_changes/*",
    "templates/campaigns/archive/*",
    "templates/campaigns/texts/*",
    "templates/mobilizing/public/*",
    "templates/emails/mobilizing/*",
    "templates/actions/shared/*",
    "templates/actions/links/*",
    "app/wording/steps.py",
    "app/domain/actions/steps.py",
    "app/domain/actions/taking.py",
    "templates/actions/follow_ups/sections.html",
    "templates/emails/actions/shared_action/*",
    "templates/errors/*",
    "templates/layouts/page.html",
    "templates/layouts/over.html",
    "templates/components/forms.html",
    "templates/components/share.html",
    "templates/components/lists.html",
    "app/email_addresses.py",
    "app/emails/campaigns/digests.py",
    "app/forms/asking.py",
    "app/forms/base.py",
    "app/forms/fields.py",
    "app/forms/picking.py",
    "app/forms/campaigns/subscriptions.py",
    "app/wording/brigades.py",
    "app/wording/goals.py",
    "app/forms/mobilizing/letters.py",
    "app/forms/mobilizing/trapped.py",
    "app/domain/mobilizing/letters.py",
    "app/views/mobilizing/public_letters.py",
    "app/forms/mobilizing/sign_ups.py",
    "app/forms/actions/parts.py",
    "app/views/actions/shared_actions.py",
    "app/domain/actions/attachments.py",
    "app/domain/actions/comments.py",
    "app/forms/actions/attachments.py",
    "app/wording/member_labels.py",
    "app/wording/member_retention.py",
    "app/forms/mobilizing/signatures.py",
    "app/wording/sign_ups.py",
    "app/wording/statements.py",
    "app/domain/mobilizing/statements.py",
    "app/views/mobilizing/public_statements.py",
    "app/domain/mobilizing/sign_ups.py",
    "templates/mobilizing/days_of_action/parts.html",
    "app/forms/mobilizing/public_days.py",
    "app/views/mobilizing/day_svg.py",
    "app/wording/countdowns.py",
    "app/domain/mobilizing/kinds.py",
    "app/domain/mobilizing/joining.py",
    "app/forms/mobilizing/joining.py",
    "app/wording/brigades.py",
    "app/domain/mobilizing/signing.py",
    "app/views/mobilizing/asking.py",
    "app/views/mobilizing/endorsements.py",
    "app/views/mobilizing/offers.py",
    "app/views/mobilizing/sign_up_links.py",
    "templates/mobilizing/hosting/*",
    "templates/mobilizing/coverage/parts.html",
    "templates/mobilizing/coverage/picture.html",
    "templates/mobilizing/coverage/press_link.html",
    "app/domain/mobilizing/coverage.py",
    "app/forms/mobilizing/coverage.py",
    "app/views/mobilizing/host_coverage.py",
    "templates/mobilizing/mobilizations/parts.html",
    "app/forms/mobilizing/placing.py",
    "app/forms/mobilizing/proposals.py",
    "app/forms/mobilizing/turnouts.py",
    "app/domain/mobilizing/mobilizations.py",
    "app/domain/mobilizing/proposals.py",
    "app/domain/mobilizing/spoken.py",
    "app/domain/mobilizing/days_of_action.py",
    "app/views/mobilizing/hosting.py",
    "app/times.py",
    "app/domain/campaigns/address_changes.py",
    "app/domain/mobilizing/booking.py",
    "app/domain/mobilizing/shift_places.py",
    "app/domain/mobilizing/shift_swaps.py",
    "app/forms/mobilizing/swaps.py",
    "app/views/mobilizing/my_shifts.py",
    "app/views/mobilizing/personal_calendars.py",
    "templates/components/arrivals.html",
    "templates/components/calendars.html",
    "app/views/campaigns/address_changes.py",
    "app/views/campaigns/subscriptions.py",
    "app/web/cookieless.py",
    "app/web/navigation.py",
    "app/web/submit.py",
    "app/web/transactions.py",
)
"""Files with text for members without an account: extracted for every member language."""
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2),
}  # fmt: skip
OPTIONS = {"templates/**.html": {"trimmed": "true"}, "templates/**.txt": {"trimmed": "true"}}
SOURCE = "en"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@click.command()
def translations() -> None:
    """Collect all sentences, merge them into every catalog and compile; for developers and translators."""
    for locale in MEMBER_LOCALES:
        template = collect(locale)
        path = TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"
        catalog = read_catalog(locale)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _plain_header(catalog)
        if locale == SOURCE:
            _say_as_written(catalog)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, no_location=True, sort_output=True, width=120)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        missing = [message.id for message in catalog if message.id and not all(_strings(message.string))]
        click.echo(f"{locale}: {len(catalog)} sentences, {len(missing)} missing")


def collect(locale: str = SOURCE) -> Catalog:
    """Return the messages of code and templates: all of them, or for a member language those for members."""
    template = Catalog(project="Encuentro", charset="utf-8")
    for file, message, context in _extracted():
        if locale in LOCALES or any(fnmatch(file, pattern) for pattern in FOR_MEMBERS):
            template.add(message, context=context)
    return template


@cache
def _extracted() -> list[tuple[str, Any, str | None]]:
    """Return the file, the message and the context of everything that can be translated; reading all files takes long."""
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS)
    return [(file, message, context) for file, _line, message, _comments, context in found]


def read_catalog(locale: str) -> Catalog:
    """Return a language's current catalog, empty if there is none yet."""
    path = TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Catalog(locale=locale, project="Encuentro", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _plain_header(catalog: Catalog) -> None:
    """Write a header without dates and names, so that it does not change from run to run."""
    catalog.header_comment = "# Sentences of Encuentro."
    catalog.fuzzy = False
    catalog.version, catalog.msgid_bugs_address, catalog.last_translator, catalog.language_team = "1", "", "", ""
    catalog.creation_date = catalog.revision_date = BEGINNING


def _say_as_written(catalog: Catalog) -> None:
    for message in catalog:
        if message.id:
            message.string = message.id


def _strings(string: object) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [str(string or "")]
