"""Coordinators' edits of a digest, and calls to action."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import DataRequired

from app.config import MEMBER_LOCALES
from app.domain.campaigns import calls
from app.domain.campaigns.calls import CallValues
from app.domain.campaigns.digests import Edits
from app.forms import fields
from app.forms.base import Form
from app.forms.picking import ZoneField
from app.forms.presence import Where
from app.models.campaigns.digests import Digest, DigestItem
from app.times import to_instant
from app.wording.formats import language_name

LONGEST_EXCERPT = 1000
_EMPTY_EXCERPT = _("An excerpt is missing. Write one, or remove the article from the digest.")


class ComposeForm(Form):
    """The introduction and options of a digest; `compose_form` adds the fields of its items."""

    opening_es = fields.lines(_("Introduction in Spanish"), longest=2000, rows=2)
    opening_en = fields.lines(_("Introduction in English"), longest=2000, rows=2)
    opening_pt = fields.lines(_("Introduction in Portuguese"), longest=2000, rows=2)
    opening_fr = fields.lines(_("Introduction in French"), longest=2000, rows=2)
    with_calls = BooleanField(_("Include what members can do (open calls to action)"))
    with_figures = BooleanField(_("Add key figures about the congress"))
    send_at = fields.moment(
        _("Depart after"), help=_("In the campaign’s time zone. If left blank, it is sent as soon as it is approved.")
    )

    def edits(self, items: Iterable[DigestItem], timezone: str, figures: dict[str, Any] | None) -> Edits:
        """Return the edits of the items and of the introduction; `figures` if they were requested.

        Raises DomainError if the clocks skip the time before which nothing is sent.
        """
        items = list(items)
        excerpts = {one.id: str(self[f"excerpt-{one.id}"].data or "") for item in items for one in item.versions}
        kept = {item.id for item in items if self[f"keep-{item.id}"].data}
        return Edits(
            openings={locale: str(self[f"opening_{locale}"].data or "") for locale in MEMBER_LOCALES},
            excerpts={number: text for number, text in excerpts.items() if text},
            order=[item.id for item in sorted(items, key=self._place)],
            kept=kept,
            with_calls=bool(self.with_calls.data),
            figures=figures if self.with_figures.data else None,
            send_at=to_instant(self.send_at.data, timezone, "send_at") if self.send_at.data else None,
        )

    def _place(self, item: DigestItem) -> tuple[int, int]:
        """Return the position of an item: by the number that was typed, ties in their previous order."""
        typed: int | None = self[f"place-{item.id}"].data
        return (item.position + 1 if typed is None else typed, item.position)


def compose_form(digest: Digest, send_at: datetime | None) -> ComposeForm:
    """Return the form to edit a digest, filled in with its content; `send_at` is in the campaign's local time.

    Others may edit the digest and workers may add items at the same time: as fields, items are merged like all others.
    """
    added: dict[str, object] = {}
    data: dict[str, object] = {f"opening_{locale}": words for locale, words in digest.openings.items()}
    data |= {"with_calls": digest.with_calls, "with_figures": digest.figures is not None, "send_at": send_at}
    for place, item in enumerate(digest.items, 1):
        added |= {f"place-{item.id}": fields.number(_("Place"), least=1, most=999, required=False)}
        added |= {f"keep-{item.id}": BooleanField(_("In the digest"))}
        data |= {f"place-{item.id}": place, f"keep-{item.id}": not item.dropped}
        for version in item.versions:
            article = version.article
            added[f"excerpt-{version.id}"] = fields.lines(
                _("Excerpt, %(language)s", language=language_name(article.in_language)),
                longest=LONGEST_EXCERPT,
                required=Where(f"keep-{item.id}", True, says=_EMPTY_EXCERPT),
                help=article.publisher or "",
                lang=article.in_language,
            )
            data[f"excerpt-{version.id}"] = version.excerpt
    return type("ComposeFormOfDigest", (ComposeForm,), added)(data=data)  # type: ignore[no-any-return]


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
