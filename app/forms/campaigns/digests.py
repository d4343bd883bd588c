"""Coordinators' edits of a digest, and calls to action."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import DataRequired

from app.config import MEMBER_LOCALES
from app.domain.campaigns import calls
from app.domain.campaigns.calls import CallValues
from app.domain.campaigns.digests import Edits
from app.domain_errors import DomainError
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import clean_lines
from app.forms.picking import ZoneField
from app.models.campaigns.digests import DigestItem
from app.text import N_
from app.times import to_instant

LONGEST_EXCERPT = 1000


class ComposeForm(Form):
    """The introduction and options of a digest; its items are additional fields named by their ids."""

    opening_es = fields.lines(_("Introduction in Spanish"), longest=2000, rows=2)
    opening_en = fields.lines(_("Introduction in English"), longest=2000, rows=2)
    opening_pt = fields.lines(_("Introduction in Portuguese"), longest=2000, rows=2)
    opening_fr = fields.lines(_("Introduction in French"), longest=2000, rows=2)
    with_calls = BooleanField(_("Include what members can do (open calls to action)"))
    with_figures = BooleanField(_("Add key figures of the congress"))
    send_at = fields.moment(
        _("Depart after"), help=_("In the campaign’s time zone. If left empty, it is sent as soon as it is approved.")
    )

    def edits(self, items: Iterable[DigestItem], timezone: str, figures: dict[str, Any] | None) -> Edits:
        """Return the edits of the items and of the introduction; `figures` if they were requested.

        Raises DomainError if an excerpt was emptied, or if the clocks skip the time before which nothing is sent.
        """
        items = list(items)
        excerpts = {one.id: _typed(f"excerpt-{one.id}", one.excerpt) for item in items for one in item.versions}
        kept = {item.id for item in items if f"keep-{item.id}" in request.form}
        if any(not excerpts[one.id] for item in items if item.id in kept for one in item.versions):
            raise DomainError(None, N_("An excerpt is empty. Write one, or remove the article from the digest."))
        return Edits(
            openings={locale: str(self[f"opening_{locale}"].data or "") for locale in MEMBER_LOCALES},
            excerpts={number: text[:LONGEST_EXCERPT] for number, text in excerpts.items() if text},
            order=[item.id for item in sorted(items, key=_place)],
            kept=kept,
            with_calls=bool(self.with_calls.data),
            figures=figures if self.with_figures.data else None,
            send_at=to_instant(self.send_at.data, timezone, "send_at") if self.send_at.data else None,
        )


class DecideForm(Form):
    """A decision on a digest, with the revision that was reviewed."""

    revision = IntegerField(validators=[DataRequired()])


class CallForm(Form):
    """A call to action, in the languages of the members."""

    title_es = fields.line(_("What to do, in Spanish"))
    details_es = fields.lines(_("Details, in Spanish"), longest=500, rows=2)
    title_en = fields.line(_("What to do, in English"))
    details_en = fields.lines(_("Details, in English"), longest=500, rows=2)
    title_pt = fields.line(_("What to do, in Portuguese"))
    details_pt = fields.lines(_("Details, in Portuguese"), longest=500, rows=2)
    title_fr = fields.line(_("What to do, in French"))
    details_fr = fields.lines(_("Details, in French"), longest=500, rows=2)
    url = fields.web_address(_("Address"), help=_("Where to sign or read more."))
    starts_at = fields.moment(_("Day and time"), help=_("Members see it in their own time zone."))
    timezone = ZoneField(_("Time zone"), required=True)
    last_day = fields.day(_("Deadline"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(calls.check_titles, *(f"title_{locale}" for locale in MEMBER_LOCALES))

    def values(self) -> CallValues:
        """Return the call with its text by language."""
        return CallValues(
            titles={locale: str(self[f"title_{locale}"].data or "") for locale in MEMBER_LOCALES},
            details={locale: str(self[f"details_{locale}"].data or "") for locale in MEMBER_LOCALES},
            url=self.url.data or None,
            starts_at=self.starts_at.data,
            timezone=str(self.timezone.data),
            last_day=self.last_day.data,
        )


def _typed(name: str, before: str) -> str:
    return clean_lines(request.form.get(name, before))


def _place(item: DigestItem) -> tuple[int, int]:
    """Return the position of an item: by the number that was typed, ties in their previous order."""
    typed = request.form.get(f"place-{item.id}", "")
    return (int(typed) if typed.isdecimal() and len(typed) < 6 else item.position + 1, item.position)
