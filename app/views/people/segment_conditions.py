"""The conditions of segments: what is asked is chosen first, then its values are filled in."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import conditions
from app.forms.people.custom_values import filled
from app.forms.people.segments import ConditionForm, FieldConditionForm, form_for, form_for_field
from app.models.people.custom_fields import CustomField
from app.models.people.segments import ConditionKind, Segment, SegmentCondition
from app.policy import Permission
from app.queries.accounts import accounts
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.people import custom_fields as field_queries
from app.queries.people import segments as segment_queries
from app.views.people import choices as people_choices
from app.views.people import subjects
from app.views.people.segments import editable, location
from app.web import choices
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit
from app.wording.custom_fields import field_name
from app.wording.labels import label
from app.wording.segments import predicate

bp = Blueprint("segment_conditions", __name__, url_prefix="/segments/<int:segment_id>/conditions")


@bp.get("/kinds")
@requires(Permission.PERSON_EDIT)
def choose(segment_id: int) -> ResponseReturnValue:
    """Choose what a new condition asks."""
    segment = editable(segment_id)
    own = field_queries.asked(segment.record_kind)
    kinds = [kind for kind in conditions.KINDS[segment.record_kind] if _is_offered(kind, segment)]
    return render_template(
        "people/segments/choose.html",
        segment=segment,
        offered=[(label(kind), _new(segment, kind)) for kind in kinds],
        own=[(field_name(field), _new(segment, ConditionKind.FIELD, field)) for field in own],
    )


@bp.route("/new/<condition_kind>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(segment_id: int, condition_kind: str) -> ResponseReturnValue:
    """Add a condition."""
    segment = editable(segment_id)
    if condition_kind not in conditions.KINDS[segment.record_kind]:
        abort(404)
    kind = ConditionKind(condition_kind)
    own = _own_field(segment) if kind is ConditionKind.FIELD else None
    form = _form(segment, kind, own)
    return submit(
        form,
        creates(),
        write=lambda: conditions.add(segment, kind, form.values(), form.group_number.data),
        then=location(segment),
        otherwise=lambda: _page(form, segment, kind, own),
        done=gettext("The condition was added."),
    )


@bp.route("/<int:condition_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(segment_id: int, condition_id: int) -> ResponseReturnValue:
    """Change a condition, or move it to another group."""
    segment = editable(segment_id)
    condition = segment_queries.condition(segment_id, condition_id)
    if condition.kind is ConditionKind.FIELD and condition.field is None:
        abort(404)
    form = _form(segment, condition.kind, condition.field, condition)
    return submit(
        form,
        edits(condition),
        write=lambda: conditions.change(condition, form.values(), form.group_number.data),
        then=location(segment),
        otherwise=lambda: _page(form, segment, condition.kind, condition.field),
        done=gettext("Saved."),
    )


@bp.post("/<int:condition_id>/remove")
@requires(Permission.PERSON_EDIT)
def remove(segment_id: int, condition_id: int) -> ResponseReturnValue:
    """Remove a condition."""
    segment = editable(segment_id)
    condition = segment_queries.condition(segment_id, condition_id)
    return press(
        lambda: conditions.remove(condition),
        then=location(segment),
        done=gettext("Removed."),
        undo=segment.name,
    )


def _form(
    segment: Segment, kind: ConditionKind, own: CustomField | None, condition: SegmentCondition | None = None
) -> ConditionForm:
    stored = _stored(condition) if condition is not None else {}
    form = (form_for_field(own) if own is not None else form_for(kind))(obj=condition, **stored)
    groups = [
        (number, f" {gettext('or')} ".join(predicate(one, segment_queries.is_void(one)) for one in listed))
        for number, listed in segment.groups
        if condition is None or listed != [condition]
    ]
    form.offer(groups)
    _hand_in(form, segment, kind)
    if isinstance(form, FieldConditionForm):
        form.check(conditions.check_value, "comparison", "value")
    if "other_id" in form:
        form.check(lambda other_id: conditions.check_other(segment, other_id), "other_id")
    return form


def _hand_in(form: ConditionForm, segment: Segment, kind: ConditionKind) -> None:
    """Offer what the user may choose from."""
    if kind in (ConditionKind.COUNTRY, ConditionKind.NATIONALITY):
        form.text.offer(choices.countries())
    elif kind is ConditionKind.LANGUAGE:
        choices.offer_languages(form.text)
    if "tag" in form:
        people_choices.offer_tags(form.tag)
    if "organization" in form:
        people_choices.offer_organizations(form.organization, None)
    offered: dict[str, Callable[[], list[tuple[object, str]]]] = {
        "subject": lambda: [("", gettext("– choose –")), *subjects.of_user(Permission.PERSON_VIEW)],
        "in_congress_id": lambda: [
            ("", gettext("any congress")),
            *((one.id, one.title) for one in congresses.listing()),
        ],
        "in_campaign_id": _campaigns,
        "user_id": _colleagues,
        "other_id": lambda: _others(segment),
    }
    for name in offered.keys() & form.asked:
        form[name].offer(offered[name]())


def _campaigns() -> list[tuple[object, str]]:
    listed = [one for one in campaigns.listing() if may(Permission.SUBSCRIBER_VIEW, None, one.id)]
    return [("", gettext("– choose –")), *((one.id, one.title) for one in listed)]


def _colleagues() -> list[tuple[object, str]]:
    shared = [subjects.ids_in(key).get("congress_id", 0) for key, _title in subjects.of_user(Permission.PERSON_VIEW)]
    names = {one.id: one.name for one in (reader(), *accounts.assignees(*shared))}
    return [("", gettext("anyone")), *names.items()]


def _others(segment: Segment) -> list[tuple[object, str]]:
    listed = [one for one in segment_queries.listing(segment.record_kind) if one is not segment]
    return [("", gettext("– choose –")), *((one.id, one.name) for one in listed)]


def _is_offered(kind: ConditionKind, segment: Segment) -> bool:
    match kind:
        case ConditionKind.FIELD:
            return False
        case ConditionKind.SUBSCRIPTION:
            return len(_campaigns()) > 1
        case ConditionKind.SEGMENT:
            return len(_others(segment)) > 1
        case _:
            return True


def _stored(condition: SegmentCondition) -> dict[str, object]:
    stored: dict[str, object] = {"negated": "1" if condition.is_negated else ""}
    if conditions.is_alone(condition):
        stored["group_number"] = None
    if condition.kind is ConditionKind.PARTICIPATION:
        noun = "congress" if condition.in_congress_id is not None else "campaign"
        stored["subject"] = f"{noun}:{condition.in_congress_id or condition.in_campaign_id}"
    if condition.field is not None:
        stored["value"] = filled(condition.value)
    return stored


def _own_field(segment: Segment) -> CustomField:
    field = field_queries.get(request.args.get("field", 0, type=int))
    return field if field.record_kind is segment.record_kind else abort(404)


def _new(segment: Segment, kind: ConditionKind, field: CustomField | None = None) -> str:
    return url_for(
        "segment_conditions.new", segment_id=segment.id, condition_kind=kind.value, field=field.id if field else None
    )


def _page(form: ConditionForm, segment: Segment, kind: ConditionKind, own: CustomField | None) -> str:
    heading = field_name(own) if own is not None else label(kind)
    parents = [(segment.name, location(segment))]
    return render_template("people/segments/condition.html", form=form, heading=heading, parents=parents)
