"""What is done with several people or organizations at once."""

from collections.abc import Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.bulk import MOST, Outcome
from app.domain.people import participations, taggings
from app.forms.people.selected import MoveSelectedForm, TagSelectedForm, UntagSelectedForm
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.tags import Tag
from app.policy import Permission
from app.queries.people import tags as tag_queries
from app.views.people import choices, filters, subjects
from app.views.people.selections import OF_ORGANIZATIONS, OF_PEOPLE, Selection, selected_page, selection_of, verb_page
from app.web.access import requires
from app.web.undoing import written_together
from app.wording.custom_fields import tag_name

of_people = Blueprint("selected", __name__, url_prefix="/people/selected")
of_organizations = Blueprint("selected_organizations", __name__, url_prefix="/organizations/selected")


@of_people.get("", endpoint="choose")
@requires(Permission.PERSON_EDIT)
def choose_for_people() -> ResponseReturnValue:
    """Open the page of what was chosen to do with the selected people."""
    return verb_page(OF_PEOPLE, "people.index")


@of_organizations.get("", endpoint="choose")
@requires(Permission.ORGANIZATION_EDIT)
def choose_for_organizations() -> ResponseReturnValue:
    """Open the page of what was chosen to do with the selected organizations."""
    return verb_page(OF_ORGANIZATIONS, "organizations.index")


@of_people.route("/tag", methods=["GET", "POST"], endpoint="tag")
@requires(Permission.PERSON_EDIT)
def tag_people() -> ResponseReturnValue:
    """Put a tag on the selected people."""
    selection = selected_people(MOST)
    heading = ngettext("Tag %(num)d person", "Tag %(num)d people", len(selection.ids))
    return _tag_page(selection, heading)


@of_organizations.route("/tag", methods=["GET", "POST"], endpoint="tag")
@requires(Permission.ORGANIZATION_EDIT)
def tag_organizations() -> ResponseReturnValue:
    """Put a tag on the selected organizations."""
    selection = _organizations()
    heading = ngettext("Tag %(num)d organization", "Tag %(num)d organizations", len(selection.ids))
    return _tag_page(selection, heading)


@of_people.route("/untag", methods=["GET", "POST"], endpoint="untag")
@requires(Permission.PERSON_EDIT)
def untag_people() -> ResponseReturnValue:
    """Take a tag off the selected people."""
    selection = selected_people(MOST)
    heading = ngettext("Take a tag off %(num)d person", "Take a tag off %(num)d people", len(selection.ids))
    return _untag_page(selection, heading)


@of_organizations.route("/untag", methods=["GET", "POST"], endpoint="untag")
@requires(Permission.ORGANIZATION_EDIT)
def untag_organizations() -> ResponseReturnValue:
    """Take a tag off the selected organizations."""
    selection = _organizations()
    heading = ngettext(
        "Take a tag off %(num)d organization", "Take a tag off %(num)d organizations", len(selection.ids)
    )
    return _untag_page(selection, heading)


@of_people.route("/move", methods=["GET", "POST"], endpoint="move")
@requires(Permission.PERSON_EDIT)
def move_people() -> ResponseReturnValue:
    """Add the selected people to a congress or campaign, and take them out of another one."""
    selection, form = selected_people(MOST), MoveSelectedForm()
    places = subjects.of_user(Permission.PERSON_EDIT)
    form.offer(places)
    return selected_page(
        form,
        selection,
        heading=ngettext("Move %(num)d person", "Move %(num)d people", len(selection.ids)),
        button=gettext("Move"),
        fields=["target", "source"],
        write=lambda: written_together(lambda: _move(form, selection.ids), dict(places)[form.target.data]),
        done=_moved,
    )


def _move(form: MoveSelectedForm, ids: Sequence[int]) -> Outcome:
    target, source = subjects.ids_in(form.target.data), subjects.ids_in(form.source.data or "")
    if not source or source == target:
        return participations.begin_all(ids, **target)
    return participations.move_all(ids, _pair(source), _pair(target))


def _pair(ids: dict[str, int]) -> tuple[int | None, int | None]:
    return ids.get("congress_id"), ids.get("campaign_id")


def _moved(outcome: Outcome) -> str:
    done = ngettext("%(num)d person was moved.", "%(num)d people were moved.", len(outcome.done))
    return _with_rest(
        done, ngettext("%(num)d was already there.", "%(num)d were already there.", outcome.already), outcome
    )


def _tag_page(selection: Selection, heading: str) -> ResponseReturnValue:
    form = TagSelectedForm()
    choices.offer_tags(form.tag)

    def write() -> Outcome:
        tag = form.tag.picked()
        return written_together(lambda: taggings.put_on_all(selection.model, selection.ids, tag), tag_name(tag))

    def done(outcome: Outcome) -> str:
        tagged = ngettext("The tag was put on %(num)d.", "The tag was put on %(num)d.", len(outcome.done))
        already = ngettext("%(num)d already had it.", "%(num)d already had it.", outcome.already)
        return _with_rest(tagged, already, outcome)

    return selected_page(
        form, selection, heading=heading, button=gettext("Put on the tag"), fields=["tag"], write=write, done=done
    )


def _untag_page(selection: Selection, heading: str) -> ResponseReturnValue:
    form, held = UntagSelectedForm(), tag_queries.held(selection.model, selection.ids)
    form.tag.offer([(tag.id, f"{tag_name(tag)} ({count})") for tag, count in held])
    tags: dict[int, Tag] = {tag.id: tag for tag, _count in held}

    def write() -> Outcome:
        tag = tags[form.tag.data]
        return written_together(lambda: taggings.take_off_all(selection.model, selection.ids, tag), tag_name(tag))

    def done(outcome: Outcome) -> str:
        untagged = ngettext("The tag was taken off %(num)d.", "The tag was taken off %(num)d.", len(outcome.done))
        already = ngettext("%(num)d did not have it.", "%(num)d did not have it.", outcome.already)
        return _with_rest(untagged, already, outcome)

    return selected_page(
        form,
        selection,
        heading=heading,
        button=gettext("Take off the tag"),
        fields=["tag"],
        is_ready=bool(held),
        write=write,
        done=done,
        notes=[] if held or not selection.ids else [gettext("None of them has a tag.")],
    )


def _with_rest(done: str, already: str, outcome: Outcome) -> str:
    return f"{done} {already}" if outcome.already else done


def selected_people(most: int) -> Selection:
    """Return the people that the address selects, of whom `most` can be changed together."""
    return selection_of(
        Person,
        lambda: filters.person_filter(filters.of_people(Permission.PERSON_EDIT)).found(),
        "people.index",
        most=most,
    )


def _organizations() -> Selection:
    return selection_of(
        Organization,
        lambda: filters.organization_filter(filters.of_organizations()).found(),
        "organizations.index",
        most=MOST,
    )
