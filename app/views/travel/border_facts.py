"""Border information: what the house knows about entering each country, shared by all congresses."""

from contextlib import suppress
from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.countries import named
from app.domain.travel import border_facts
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.travel.border_facts import ContactForm, NoteForm, RuleForm
from app.models.travel.border_facts import BorderNote, CountryContact, EntryRule, Fact
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.queries.travel import border_facts as queries
from app.web import choices
from app.web.access import may, requires
from app.web.another import carried, prefilled
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.wording.labels import country_name, label

bp = Blueprint("border_facts", __name__, url_prefix="/border-information")
_KINDS = "<any(rules, contacts, notes):fact_kind>"
_FORMS: dict[str, Any] = {"rules": RuleForm, "contacts": ContactForm, "notes": NoteForm}
_ADD: dict[str, Any] = {
    "rules": border_facts.add_rule,
    "contacts": border_facts.add_contact,
    "notes": border_facts.add_note,
}
_Form = RuleForm | ContactForm | NoteForm
_ALIKE = ("source", "checked_on")
"""Fields whose values are kept when several facts are added in a row."""


@bp.get("")
@requires(Permission.CROSSING_VIEW)
def index() -> ResponseReturnValue:
    """Show the countries about which something is recorded, and all others to choose from."""
    form = ListForm(gettext("Country"))
    return render_template(
        "travel/border_facts/index.html",
        form=form,
        page=queries.find(form.typed, page_number()),
        countries=choices.countries()[1:],
    )


@bp.get("/<country>")
@requires(Permission.CROSSING_VIEW)
def show(country: str) -> ResponseReturnValue:
    """Show what is recorded about entering a country."""
    _check(country)
    return render_template(
        "travel/border_facts/show.html",
        country=country,
        facts=queries.of_countries([country])[country],
        crossings=queries.crossings_of(country),
        is_stale=queries.is_stale,
    )


@bp.route(f"/<country>/{_KINDS}/new", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
@creating
def new(country: str, fact_kind: str) -> ResponseReturnValue:
    """Record a rule of entry, a contact or a note."""
    _check(country)
    form = _filled(_FORMS[fact_kind](**_like_the_one_before()), country, None)
    return submit(
        form,
        creates(_location),
        write=lambda: _ADD[fact_kind](country, form.values()),
        then=_country_page(country),
        otherwise=lambda: _page(form, country, fact_kind, None),
        done=gettext("Recorded. It is on the border cards of ways into this country."),
        another=lambda _: url_for("border_facts.new", country=country, fact_kind=fact_kind, **carried(form, *_ALIKE)),
    )


@bp.route(f"/{_KINDS}/<int:fact_id>", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
def edit(fact_kind: str, fact_id: int) -> ResponseReturnValue:
    """Edit a rule of entry, a contact or a note."""
    fact = queries.get(fact_kind, fact_id)
    form = _filled(_FORMS[fact_kind](obj=fact), fact.country, fact)
    return submit(
        form,
        edits(fact),
        write=lambda: border_facts.change(fact, form.values()),
        then=_location(fact),
        otherwise=lambda: _page(form, fact.country, fact_kind, fact),
        done=gettext("Saved."),
    )


@bp.route(f"/{_KINDS}/<int:fact_id>/remove", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
def remove(fact_kind: str, fact_id: int) -> ResponseReturnValue:
    """Ask whether to remove a fact; remove it."""
    fact, form = queries.get(fact_kind, fact_id), Button()
    name = _name(fact)
    return submit(
        form,
        ACTS,
        write=lambda: border_facts.remove(fact, by=reader()),
        then=_country_page(fact.country),
        otherwise=lambda: render_template(
            "layouts/removal.html", form=form, name=name,
            consequences=[gettext("It is shared by all congresses. It is no longer on any border card.")],
            trail=[(country_name(fact.country), _country_page(fact.country)), (name, _location(fact))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=name,
            days=REMOVED_FOR.days,
        ),
    )  # fmt: skip


@bp.post(f"/{_KINDS}/<int:fact_id>/bring-back")
@requires(Permission.CROSSING_EDIT)
def bring_back(fact_kind: str, fact_id: int) -> ResponseReturnValue:
    """Restore a removed fact."""
    fact = queries.get_restorable(fact_kind, fact_id)
    return press(lambda: border_facts.bring_back(fact), then=_location(fact), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the facts that the reader may restore."""
    if not may(Permission.CROSSING_EDIT):
        return []
    return [
        Removed(
            f"{country_name(one.country)}: {_name(one)}",
            gettext("border information"),
            one,
            url_for("border_facts.bring_back", fact_kind=kind, fact_id=one.id),
        )
        for kind, one in queries.removed()
    ]


def _filled(form: _Form, country: str, fact: Fact | None) -> _Form:
    if isinstance(form, NoteForm):
        form.offer(queries.crossings_of(country))
    else:
        none, *listed = choices.countries()
        is_rule = isinstance(form, RuleForm)
        form.passport.offer([none if is_rule else ("", gettext("everybody")), *listed])
    form.about(country, fact)
    return form


def _like_the_one_before() -> dict[str, Any]:
    """Return what the form is filled in with; a day that is none is left out."""
    same: dict[str, Any] = {**prefilled(*_ALIKE)}
    day = same.pop("checked_on", "")
    with suppress(ValueError):
        same["checked_on"] = date.fromisoformat(day)
    return same


def _page(form: _Form, country: str, kind: str, fact: Fact | None) -> str:
    layouts: dict[str, list[Any]] = {
        "rules": ["passport", ["requirement", "days"], "transit", "note", ["source", "checked_on"]],
        "contacts": [["kind", "passport"], "name", "phone", "address", ["source", "checked_on"]],
        "notes": [["topic", "crossing_id"], "text", ["source", "checked_on"]],
    }
    titles = {
        "rules": gettext("Add a visa rule"),
        "contacts": gettext("Add a contact"),
        "notes": gettext("Add a note"),
    }
    return render_template(
        "travel/border_facts/form.html",
        form=form,
        country=country,
        title=_name(fact) if fact else titles[kind],
        fields=layouts[kind],
        fact=fact,
        kind=kind,
        history=history_of(fact) if fact else None,
    )


def _name(fact: Fact) -> str:
    match fact:
        case EntryRule():
            return str(gettext("Passport of %(country)s", country=country_name(fact.passport)))
        case CountryContact():
            return fact.name
        case BorderNote():
            return label(fact.topic)
    raise TypeError(fact)


def _check(country: str) -> None:
    if country not in named("en"):
        abort(404)


def _country_page(country: str) -> str:
    return url_for("border_facts.show", country=country)


def _location(fact: Fact) -> str:
    return url_for("border_facts.edit", fact_kind=queries.kind_of(fact), fact_id=fact.id)
