"""What coordinators make of a digest, and what members can do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import DataRequired

from app.config import MEMBER_LOCALES
from app.domain.campaigns.calls import CallValues
from app.domain.campaigns.digests import Edits
from app.domain_errors import DomainError
from app.forms import fields
from app.forms.base import Form
from app.forms.picking import ZoneField
from app.models.campaigns.digests import Digest, DigestItem
from app.text import N_
from app.times import to_instant
from app.wording.formats import language_name

LONGEST_EXCERPT = 1000


class ComposeForm(Form):
    """Opening words and what else stands in a digest; `compose_form` adds the fields of its items."""

    opening_es = fields.lines(_("Opening words in Spanish"), longest=2000, rows=2)
    opening_en = fields.lines(_("Opening words in English"), longest=2000, rows=2)
    opening_pt = fields.lines(_("Opening words in Portuguese"), longest=2000, rows=2)
    opening_fr = fields.lines(_("Opening words in French"), longest=2000, rows=2)
    with_calls = BooleanField(_("Say what members can do (the open calls)"))
    with_figures = BooleanField(_("Add the congress in figures"))
    send_at = fields.moment(
        _("Not before"), help=_("By the clock of the campaign. Left empty: as soon as it is approved.")
    )

    def edits(self, items: Iterable[DigestItem], timezone: str, figures: dict[str, Any] | None) -> Edits:
        """Return what was made of the items and of the words around them; `figures` if they were asked for.

        Raises DomainError where an excerpt was emptied, or clocks skip the hour before which nothing leaves.
        """
        items = list(items)
        excerpts = {one.id: str(self[f"excerpt-{one.id}"].data or "") for item in items for one in item.versions}
        kept = {item.id for item in items if self[f"keep-{item.id}"].data}
        emptied = [one.id for item in items if item.id in kept for one in item.versions if not excerpts[one.id]]
        if emptied:
            raise DomainError(f"excerpt-{emptied[0]}", N_("An excerpt is empty. Write one, or leave the article out."))
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
        """Return where an item was put: by the number that was typed, ties as they stood."""
        typed: int | None = self[f"place-{item.id}"].data
        return (item.position + 1 if typed is None else typed, item.position)


def compose_form(digest: Digest, send_at: datetime | None) -> ComposeForm:
    """Return the form that changes a digest, filled in with what stands; `send_at` by the clock of the campaign.

    Others may edit and workers add items meanwhile: as fields, items are merged like everything else.
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
                help=article.publisher or "",
                lang=article.in_language,
            )
            data[f"excerpt-{version.id}"] = version.excerpt
    form: ComposeForm = type("ComposeFormOfDigest", (ComposeForm,), added)(data=data)
    for name in added:
        form[
            name
        ].flags.required = True  # no page calls it optional; an excerpt may be empty where the article is left out
    return form


class DecideForm(Form):
    """A decision on a digest, with the revision that was looked at."""

    revision = IntegerField(validators=[DataRequired()])


class CallForm(Form):
    """Something that members can do, in the languages that they read."""

    title_es = fields.line(_("What to do, in Spanish"))
    details_es = fields.lines(_("How and where, in Spanish"), longest=500, rows=2)
    title_en = fields.line(_("What to do, in English"))
    details_en = fields.lines(_("How and where, in English"), longest=500, rows=2)
    title_pt = fields.line(_("What to do, in Portuguese"))
    details_pt = fields.lines(_("How and where, in Portuguese"), longest=500, rows=2)
    title_fr = fields.line(_("What to do, in French"))
    details_fr = fields.lines(_("How and where, in French"), longest=500, rows=2)
    url = fields.web_address(_("Address"), help=_("Where to sign, or to read more."))
    starts_at = fields.moment(_("Day and time"), help=_("Members read it by their own clock."))
    timezone = ZoneField(_("Time zone of this hour"), required=True)
    last_day = fields.day(_("Last day on which it can be done"))

    def values(self) -> CallValues:
        """Return the call with its words by language."""
        return CallValues(
            titles={locale: str(self[f"title_{locale}"].data or "") for locale in MEMBER_LOCALES},
            details={locale: str(self[f"details_{locale}"].data or "") for locale in MEMBER_LOCALES},
            url=self.url.data or None,
            starts_at=self.starts_at.data,
            timezone=str(self.timezone.data),
            last_day=self.last_day.data,
        )
