"""Places: shared by all congresses, added by hand if they are missing, and corrected or removed if they are wrong."""

from collections import Counter

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.pending import IS_REMOVED
from app.domain.travel import gazetteer, place_edits, places
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.travel.places import PlaceForm
from app.models.travel.places import Place, PlaceKind
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.queries.travel import dependents
from app.queries.travel import places as place_queries
from app.web import choices, pending
from app.web.access import may, requires
from app.web.another import carried, prefilled
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import every, page_number
from app.web.redirects import safe_path
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.wording.places import place_called, place_label

bp = Blueprint("places", __name__, url_prefix="/places")
_ALIKE = ("kind", "country")
"""Fields whose values are kept when several places are added in a row."""


@bp.get("")
@requires(Permission.PLACE_EDIT)
def index() -> ResponseReturnValue:
    """Show the places."""
    form = ListForm(gettext("Name, code or country"), every(PlaceKind))
    page = place_queries.find(form.typed, form.shown, page_number())
    return render_template("travel/places/index.html", form=form, page=page)


@bp.get("/<int:place_id>")
@requires(Permission.PLACE_EDIT)
def show(place_id: int) -> ResponseReturnValue:
    """Show a place and what uses it."""
    place = place_queries.get_kept(place_id)
    is_own, uses = not gazetteer.is_built_in(place), _uses(dependents.on(place))
    changes = {"history": history_of(place), "pending": pending.of_record(place)}
    return render_template("travel/places/show.html", place=place, is_own=is_own, uses=uses, **changes)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PLACE_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create a place."""
    form = PlaceForm(**prefilled(*_ALIKE))
    form.country.offer(choices.countries())
    back = safe_path(request.args.get("back"))
    return submit(
        form,
        creates(),
        write=lambda: places.add_place(**form.values()),
        then=back,
        otherwise=lambda: render_template("travel/places/form.html", form=form, back=back, place=None),
        done=gettext("Place saved. You can now choose it."),
        another=lambda _: url_for("places.new", back=back, **carried(form, *_ALIKE)),
    )


@bp.route("/<int:place_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLACE_EDIT)
def edit(place_id: int) -> ResponseReturnValue:
    """Edit a place that is not in the built-in data."""
    place = place_queries.get_kept(place_id)
    if gazetteer.is_built_in(place):
        abort(404)
    form, back = PlaceForm(obj=place, **pending.filled(place)), _location(place)
    form.country.offer(choices.countries())
    return submit(
        form,
        edits(place),
        write=lambda: pending.saved(place, form.values(), lambda: place_edits.change_place(place, form.values())),
        then=back,
        otherwise=lambda: render_template(
            "travel/places/form.html",
            form=form,
            back=back,
            place=place,
            has_legs=place_queries.has_legs(place),
            waits=pending.waits(place),
        ),
        done=pending.done(place, gettext("Saved.")),
    )


@bp.route("/<int:place_id>/remove", methods=["GET", "POST"])
@requires(Permission.PLACE_EDIT)
def remove(place_id: int) -> ResponseReturnValue:
    """Ask whether to remove a place, with what uses it; remove it."""
    place, form = place_queries.get_kept(place_id), Button()
    note = gettext(
        "It can be restored for %(days)d days. It also comes back if someone records it again.", days=REMOVED_FOR.days
    )
    return submit(
        form,
        ACTS,
        write=lambda: pending.saved(place, {IS_REMOVED: True}, lambda: places.remove(place, by=reader())),
        then=_location(place) if pending.waits(place) else url_for("places.index"),
        otherwise=lambda: render_template(
            "layouts/removal.html", form=form, name=place_called(place), consequences=_consequences(place), note=note,
            trail=[(place_called(place), _location(place))],
        ),
        done=pending.done(
            place,
            gettext(
                "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
                name=place_called(place),
                days=REMOVED_FOR.days,
            ),
        ),
    )  # fmt: skip


@bp.post("/<int:place_id>/bring-back")
@requires(Permission.PLACE_EDIT)
def bring_back(place_id: int) -> ResponseReturnValue:
    """Restore a removed place."""
    place = place_queries.get_restorable(place_id)
    return press(lambda: places.bring_back(place), then=_location(place), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the places that the reader may restore."""
    if not may(Permission.PLACE_EDIT):
        return []
    return [
        Removed(place_label(one), gettext("place"), one, url_for("places.bring_back", place_id=one.id))
        for one in place_queries.removed()
    ]


def _consequences(place: Place) -> list[str]:
    """Return what removing a place changes, in sentences."""
    return [
        gettext(
            "It is shared by all congresses. It can no longer be chosen, and routes through it are no longer proposed."
        ),
        *_uses(dependents.on(place)),
        gettext("Records that use it are kept, with its name."),
    ]


def _uses(found: Counter[str]) -> list[str]:
    """Return what uses a place, in sentences."""
    counted = [
        (found["legs"], ngettext("%(num)d leg uses it.", "%(num)d legs use it.", found["legs"])),
        (
            found["problems"],
            ngettext("%(num)d route problem affects it.", "%(num)d route problems affect it.", found["problems"]),
        ),
        (
            found["crossings"],
            ngettext(
                "%(num)d border crossing is at this place.",
                "%(num)d border crossings are at this place.",
                found["crossings"],
            ),
        ),
        (
            found["services"],
            ngettext("%(num)d service starts or ends here.", "%(num)d services start or end here.", found["services"]),
        ),
    ]
    return [sentence for count, sentence in counted if count]


def _location(place: Place) -> str:
    return url_for("places.show", place_id=place.id)
