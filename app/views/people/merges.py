"""Pages on which two people or two organizations are merged, and the buttons that undo it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.people import merges
from app.domain.people.organizations import OrganizationValues
from app.domain.undo import undo
from app.forms.listing import ListForm
from app.forms.people.merges import SureMergesForm, merge_form
from app.models.people.merges import Merge
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.scoping import in_every_scope
from app.policy import Permission
from app.queries.congress import removed_people
from app.queries.lookup import Missing
from app.queries.people import duplicates, organizations, people
from app.queries.people import merges as merge_queries
from app.queries.people.filters import OrganizationFilter, PersonFilter
from app.views.people import differing, removals, subjects
from app.web import pending
from app.web.access import requires
from app.web.cookieless import add_message
from app.web.current_user import reader
from app.web.listing import position
from app.web.submit import ACTS, press, submit
from app.web.templating import locale_tag
from app.web.undoing import offer_undo
from app.wording.merging import following_in_words

bp = Blueprint("merges", __name__)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between people and organizations."""

    noun: str
    get: Callable[[int], Any]
    get_restorable: Callable[[int], Any]
    is_editable: Callable[[Any], bool]
    is_restorable: Callable[[Any], bool]
    """Whether the user may restore a removed record."""
    waits: Callable[[Any], bool]
    """Whether others use the record, so that it is not for the user to merge."""
    name: Callable[[Any], str]
    values: type[Any]
    merge: Callable[..., Merge]
    argument: str
    """The argument of addresses that holds the id of the record that is kept."""

    def page(self, number: int) -> str:
        """Return the address of a record's page."""
        numbers: dict[str, Any] = {self.argument: number}
        return url_for(f"{self.noun}.show", **numbers)


_PEOPLE = _Kind(
    "people", people.get, removed_people.get_restorable, subjects.is_editable, removals.is_removable, lambda _: False,
    lambda one: str(one.full_name), merges.MergedPersonValues, merges.merge_people, "person_id",
)  # fmt: skip
_ORGANIZATIONS = _Kind(
    "organizations", organizations.get, organizations.get_restorable, lambda _: True, lambda _: True, pending.waits,
    lambda one: str(one.name), OrganizationValues, merges.merge_organizations, "organization_id",
)  # fmt: skip


@bp.get("/people/<int:person_id>/merge")
@requires(Permission.PERSON_EDIT)
def choose_person(person_id: int) -> ResponseReturnValue:
    """Choose with whom a person is merged: possible duplicates, or anyone by name."""
    person = _editable(_PEOPLE, person_id)
    form = ListForm(gettext("Name"))
    page = people.find(PersonFilter(form.typed), at=position(), language=locale_tag()) if form.typed else None
    pairs = duplicates.pairs_of_person(person_id)
    return render_template("people/merges/choose.html", kind=_PEOPLE, one=person, form=form, page=page, pairs=pairs)


@bp.route("/people/<int:person_id>/merge/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT, fresh=True)
def of_people(person_id: int, other_id: int) -> ResponseReturnValue:
    """Merge one person into another, field by field."""
    return _merge(_PEOPLE, person_id, other_id)


@bp.post("/people/<int:person_id>/merges/<int:merge_id>/undo")
@requires(Permission.PERSON_EDIT)
def undo_people(person_id: int, merge_id: int) -> ResponseReturnValue:
    """Undo a merge into a person."""
    return _undo(_PEOPLE, person_id, merge_id)


@bp.route("/people/duplicates/merge", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT, fresh=True)
def sure_people() -> ResponseReturnValue:
    """Merge several pairs of people that are almost certain."""
    pairs = [pair for pair in duplicates.sure_people() if _are_editable(_PEOPLE, pair)]
    return _merge_sure(_PEOPLE, pairs)


@bp.get("/organizations/<int:organization_id>/merge")
@requires(Permission.ORGANIZATION_EDIT)
def choose_organization(organization_id: int) -> ResponseReturnValue:
    """Choose with which one an organization is merged."""
    organization = organizations.get_kept(organization_id)
    form = ListForm(gettext("Name, acronym or country"))
    page = (
        organizations.find(OrganizationFilter(form.typed), at=position(), language=locale_tag()) if form.typed else None
    )
    pairs = duplicates.pairs_of_organization(organization_id)
    return render_template(
        "people/merges/choose.html", kind=_ORGANIZATIONS, one=organization, form=form, page=page, pairs=pairs
    )


@bp.route("/organizations/<int:organization_id>/merge/<int:other_organization_id>", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT, fresh=True)
def of_organizations(organization_id: int, other_organization_id: int) -> ResponseReturnValue:
    """Merge one organization into another, field by field."""
    return _merge(_ORGANIZATIONS, organization_id, other_organization_id)


@bp.post("/organizations/<int:organization_id>/merges/<int:organization_merge_id>/undo")
@requires(Permission.ORGANIZATION_EDIT)
def undo_organizations(organization_id: int, organization_merge_id: int) -> ResponseReturnValue:
    """Undo a merge into an organization."""
    return _undo(_ORGANIZATIONS, organization_id, organization_merge_id)


@bp.route("/organizations/duplicates/merge", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT, fresh=True)
def sure_organizations() -> ResponseReturnValue:
    """Merge several pairs of organizations that are almost certain."""
    pairs = duplicates.sure_organizations()
    return _merge_sure(
        _ORGANIZATIONS, [pair for pair in pairs if not any(map(pending.waits, (pair.first, pair.second)))]
    )


def _merge(kind: _Kind, kept_id: int, gone_id: int) -> ResponseReturnValue:
    kept, gone = (_current(kind, number) for number in (kept_id, gone_id))
    obstacle = _obstacle(kind, kept, gone, (kept_id, gone_id))
    if obstacle is not None:
        add_message(obstacle[0])
        return redirect(obstacle[1])
    differences = differing.between(kept, gone)
    form = merge_form(differences)

    def write() -> Merge:
        done = kind.merge(kept, gone, differing.chosen(kind.values, kept, gone, form), by=reader())
        offer_undo(_undo_address(kind, done))
        return done

    return submit(
        form,
        ACTS,
        write=write,
        then=kind.page(kept_id),
        otherwise=lambda: render_template(
            "people/merges/form.html",
            form=form, kind=kind, kept=kept, gone=gone, differences=differences,
            following=following_in_words(merges.following(gone)), participations=differing.participations(kept, gone),
            swapped=_address(kind, gone_id, kept_id),
        ),
        done=gettext("Merged. Everything that referred to either record now refers to this one."),
    )  # fmt: skip


def _current(kind: _Kind, number: int) -> Person | Organization:
    """Return the record for which an id stands by now, also if it was removed and the user may restore it."""
    one: Person | Organization = kind.get_restorable(merge_queries.current_id(kind.noun, number) or number)
    if not (kind.is_restorable(one) if one.removed_at else kind.is_editable(one)):
        raise Missing(kind.noun)
    return one


def _obstacle(kind: _Kind, kept: Any, gone: Any, asked: tuple[int, int]) -> tuple[str, str] | None:
    """Return why two records are not compared, and the address where the user can go on; None if they are."""
    if kept is gone:
        itself = gettext("A record cannot be merged with itself. Choose another one.")
        already = gettext("These two have already been merged.")
        return itself if asked[0] == asked[1] else already, kind.page(kept.id)
    for one in (kept, gone):
        if one.removed_at:
            sentence = gettext("%(name)s was removed. Restore it first, then merge it.", name=kind.name(one))
            return sentence, url_for("removed.index")
        if kind.waits(one):
            sentence = gettext(
                "Others use %(name)s in their congresses or campaigns. They can merge it.", name=kind.name(one)
            )
            return sentence, kind.page(one.id)
    if asked != (kept.id, gone.id):
        sentence = gettext("One of the two has been merged meanwhile. Compare with the record that stands for it now.")
        return sentence, _address(kind, kept.id, gone.id)
    return None


def _merge_sure(kind: _Kind, pairs: list[Any]) -> ResponseReturnValue:
    checked = {} if request.method == "POST" else {"pairs": [pair.id for pair in pairs]}
    form = SureMergesForm(**checked)
    form.pairs.offer([(pair.id, f"{kind.name(pair.first)} + {kind.name(pair.second)}") for pair in pairs])

    def write() -> int:
        chosen = [pair for pair in pairs if pair.id in (form.pairs.data or ())]
        return sum(_merge_one(kind, ids) for ids in [(pair.first_id, pair.second_id) for pair in chosen])

    return submit(
        form,
        ACTS,
        write=write,
        then=url_for(f"duplicates.{kind.noun}"),
        otherwise=lambda: render_template("people/merges/sure.html", form=form, kind=kind, pairs=pairs),
        done=lambda count: _merged_in_words(count, len(form.pairs.data or ()) - count),
    )


def _merged_in_words(count: int, before: int) -> str:
    """Return how many pairs were merged, and how many others had merged or dismissed before."""
    merged = ngettext(
        "%(num)d pair merged. Each merge can be undone on the page of the record.",
        "%(num)d pairs merged. Each merge can be undone on the page of the record.",
        count,
    )
    done_before = ngettext(
        "%(num)d pair had already been merged or dismissed.",
        "%(num)d pairs had already been merged or dismissed.",
        before,
    )
    return " ".join([str(merged)] * bool(count) + [str(done_before)] * bool(before))


def _merge_one(kind: _Kind, ids: tuple[int, int]) -> bool:
    """Merge a pair, unless both have become one record with an earlier pair; return whether it was merged."""
    kept_id, gone_id = sorted(merge_queries.current_id(kind.noun, number) or number for number in ids)
    if kept_id == gone_id:
        return False
    kept, gone = kind.get(kept_id), kind.get(gone_id)
    kind.merge(kept, gone, merges.combined(kind.values, kept, gone), by=reader())
    return True


def _undo(kind: _Kind, number: int, merge_id: int) -> ResponseReturnValue:
    kept, merge = _editable(kind, number), merge_queries.get(merge_id)
    if getattr(merge, kind.argument) != kept.id or kind.waits(kept):
        abort(404)

    def write() -> None:
        with in_every_scope():
            undo(merges.undo_entry(merge), by=reader())
            merges.close(merge)

    name = merge.merged_name
    done = gettext("Undone. %(name)s is a record of its own again.", name=name)
    return press(write, then=kind.page(number), done=done)


def _editable(kind: _Kind, number: int) -> Person | Organization:
    one: Person | Organization = kind.get(number)
    if not kind.is_editable(one):
        raise Missing(kind.noun)
    return one


def _are_editable(kind: _Kind, pair: Any) -> bool:
    return kind.is_editable(pair.first) and kind.is_editable(pair.second)


def _address(kind: _Kind, kept_id: int, gone_id: int) -> str:
    other = "other_id" if kind is _PEOPLE else "other_organization_id"
    numbers: dict[str, Any] = {kind.argument: kept_id, other: gone_id}
    return url_for(f"merges.of_{kind.noun}", **numbers)


def _undo_address(kind: _Kind, merge: Merge) -> str:
    number = "merge_id" if kind is _PEOPLE else "organization_merge_id"
    numbers: dict[str, Any] = {kind.argument: merge.kept_id, number: merge.id}
    return url_for(f"merges.undo_{kind.noun}", **numbers)
