"""The vocabulary of tags."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.people import tags
from app.forms.listing import ListForm
from app.forms.people.tags import MergeTagForm, TagForm
from app.models.people.tags import Tag
from app.policy import Permission
from app.queries.people import segments as segment_queries
from app.queries.people import tags as tag_queries
from app.views.people import choices
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import creates, edits, submit
from app.web.templating import locale_tag
from app.wording.custom_fields import tag_name
from app.wording.dependents import missed_by

bp = Blueprint("tags", __name__, url_prefix="/tags")


@bp.get("")
@requires(Permission.ORGANIZATION_VIEW)
def index() -> ResponseReturnValue:
    """Show the tags."""
    form = ListForm(gettext("Name or group"))
    page = tag_queries.find(form.typed, page_number(), language=locale_tag())
    return render_template("people/tags/index.html", form=form, page=page)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TAG_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create a tag."""
    form = TagForm(**prefilled("group"))
    return submit(
        form,
        creates(_editor),
        write=lambda: tags.create(form.values()),
        then=_location,
        otherwise=lambda: render_template("people/tags/form.html", form=form, tag=None),
        done=gettext("Recorded."),
        another=lambda _: url_for("tags.new", **carried(form, "group")),
    )


@bp.get("/<int:tag_id>")
@requires(Permission.ORGANIZATION_VIEW)
def show(tag_id: int) -> ResponseReturnValue:
    """Show who has a tag, within the user's scope."""
    tag = tag_queries.get(tag_id)
    return render_template(
        "people/tags/show.html",
        tag=tag,
        people=tag_queries.page_of_people(tag_id, page_number("people"), language=locale_tag()),
        organizations=tag_queries.page_of_organizations(tag_id, page_number("organizations"), language=locale_tag()),
        history=history_of(tag),
    )


@bp.route("/<int:tag_id>/edit", methods=["GET", "POST"])
@requires(Permission.TAG_EDIT)
def edit(tag_id: int) -> ResponseReturnValue:
    """Edit a tag."""
    tag = tag_queries.get(tag_id)
    form = TagForm(obj=tag, **{f"name_{language}": name for language, name in tag.names.items()})
    return submit(
        form,
        edits(tag),
        write=lambda: tags.update(tag, form.values()),
        then=_location(tag),
        otherwise=lambda: render_template("people/tags/form.html", form=form, tag=tag),
        done=gettext("Saved."),
    )


@bp.route("/<int:tag_id>/merge", methods=["GET", "POST"])
@requires(Permission.TAG_REMOVE)
def merge(tag_id: int) -> ResponseReturnValue:
    """Ask for the tag that replaces this one, and merge both."""
    tag = tag_queries.get(tag_id)
    form = MergeTagForm()
    choices.offer_tags(form.into)
    return ask_first(
        lambda: tags.merge(tag, form.into.picked()),
        name=tag_name(tag),
        question=gettext("Merge “%(name)s” into another tag?", name=tag_name(tag)),
        consequences=[*_uses(tag), gettext("They get the other tag instead. This one is removed.")],
        button=gettext("Merge"),
        then=url_for("tags.index"),
        trail=[(tag_name(tag), _location(tag))],
        done=gettext("Merged."),
        form=form,
        fields=["into"],
    )


@bp.route("/<int:tag_id>/remove", methods=["GET", "POST"])
@requires(Permission.TAG_REMOVE)
def remove(tag_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a tag from everyone who has it."""
    tag = tag_queries.get(tag_id)
    return ask_first(
        lambda: tags.remove(tag),
        name=tag_name(tag),
        question=gettext("Remove the tag “%(name)s”?", name=tag_name(tag)),
        consequences=[
            *_uses(tag),
            *missed_by(segment_queries.asking_for(tag)),
            gettext("The people and organizations stay; only the tag is removed."),
        ],
        button=gettext("Remove"),
        then=url_for("tags.index"),
        trail=[(tag_name(tag), _location(tag))],
        done=gettext("Removed."),
    )


def _uses(tag: Tag) -> list[str]:
    uses = tag_queries.uses([tag.id])[tag.id]
    people = ngettext("%(num)d person has it.", "%(num)d people have it.", uses.people)
    organizations = ngettext("%(num)d organization has it.", "%(num)d organizations have it.", uses.organizations)
    return [people, organizations]


def _location(tag: Tag) -> str:
    return url_for("tags.show", tag_id=tag.id)


def _editor(tag: Tag) -> str:
    return url_for("tags.edit", tag_id=tag.id)
