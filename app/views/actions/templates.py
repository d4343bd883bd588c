"""Templates of actions, and their items."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.actions import templates
from app.forms.actions.templates import ItemForm, NewTemplateForm, TemplateForm
from app.forms.listing import ListForm
from app.models.actions.templates import ActionTemplate
from app.policy import Permission
from app.queries.actions import templates as template_queries
from app.views.actions import about, choices
from app.web.access import may_on, requires
from app.web.another import carried, prefilled
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import creates, edits, press, submit

bp = Blueprint("templates", __name__, url_prefix="/action-templates")

_THE_SAME = ("side", "at", "role", "remind_before_hours", "priority")
"""Fields whose values are kept when several actions are added in a row."""


@bp.get("")
@requires(Permission.FOLLOW_UP_VIEW)
def index() -> ResponseReturnValue:
    """Show the templates that the user may see. The address may name the congress or campaign for which one is chosen."""
    form = ListForm(gettext("Title or note"))
    page = template_queries.find(form.typed, page_number())
    return render_template(
        "actions/templates/index.html", form=form, page=page, creates=bool(choices.places()), occasion=_occasion()
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def new() -> ResponseReturnValue:
    """Create a template; its actions are added on its page."""
    form = NewTemplateForm(place=request.args.get("place"))
    form.place.offer(_places())
    return submit(
        form,
        creates(lambda template: url_for("templates.edit", template_id=template.id)),
        write=lambda: templates.create(form.values(), by=reader(), where=choices.where_of(form.place.data)),
        then=_location,
        otherwise=lambda: render_template("actions/templates/form.html", form=form, template=None),
        done=gettext("Recorded. Add what has to be done."),
    )


@bp.get("/<int:template_id>")
@requires(Permission.FOLLOW_UP_VIEW)
def show(template_id: int) -> ResponseReturnValue:
    """Show a template with its actions, and where it can be used."""
    template = template_queries.get(template_id)
    return render_template(
        "actions/templates/show.html",
        template=template,
        editable=_is_editable(template),
        occasion=_occasion(),
        places=_usable(template),
        history=history_of(template),
    )


@bp.route("/<int:template_id>/edit", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def edit(template_id: int) -> ResponseReturnValue:
    """Edit the title and the note of a template."""
    template = _editable(template_id)
    form = TemplateForm(obj=template)
    return submit(
        form,
        edits(template),
        write=lambda: templates.update(template, form.values()),
        then=_location(template),
        otherwise=lambda: render_template("actions/templates/form.html", form=form, template=template),
        done=gettext("Saved."),
    )


@bp.route("/<int:template_id>/remove", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def remove(template_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a template."""
    template = _editable(template_id)
    count = len(template.items)
    return ask_first(
        lambda: templates.remove(template),
        name=template.title,
        question=gettext("Remove the template “%(name)s”?", name=template.title),
        consequences=[
            ngettext("%(num)d action is in it.", "%(num)d actions are in it.", count),
            gettext("Actions that were created from it stay, and still move with their date."),
        ],
        button=gettext("Remove"),
        then=url_for("templates.index"),
        trail=[(template.title, _location(template))],
        done=gettext("Removed."),
    )


@bp.route("/<int:template_id>/items/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def new_item(template_id: int) -> ResponseReturnValue:
    """Add an action to a template."""
    template = _editable(template_id)
    form = ItemForm(**prefilled(*_THE_SAME))
    return submit(
        form,
        creates(lambda item: url_for("templates.edit_item", template_id=template_id, template_item_id=item.id)),
        write=lambda: templates.add_item(template, form.values()),
        then=_location(template),
        otherwise=lambda: render_template("actions/templates/item.html", form=form, template=template, item=None),
        done=gettext("Added."),
        another=lambda _: url_for("templates.new_item", template_id=template_id, **carried(form, *_THE_SAME)),
    )


@bp.route("/<int:template_id>/items/<int:template_item_id>/edit", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def edit_item(template_id: int, template_item_id: int) -> ResponseReturnValue:
    """Edit an action of a template; where it was used before, nothing changes."""
    template = _editable(template_id)
    item = template_queries.get_item(template_id, template_item_id)
    form = ItemForm(obj=item)
    return submit(
        form,
        edits(item),
        write=lambda: templates.update_item(item, form.values()),
        then=_location(template),
        otherwise=lambda: render_template("actions/templates/item.html", form=form, template=template, item=item),
        done=gettext("Saved."),
    )


@bp.post("/<int:template_id>/items/<int:template_item_id>/remove")
@requires(Permission.FOLLOW_UP_ASSIGN)
def remove_item(template_id: int, template_item_id: int) -> ResponseReturnValue:
    """Take an action out of a template."""
    template = _editable(template_id)
    item = template_queries.get_item(template_id, template_item_id)
    return press(
        lambda: templates.remove_item(item), then=_location(template), done=gettext("Removed."), undo=item.title
    )


def _places() -> list[tuple[str, str]]:
    """Return where a new template may be offered, by key and name; the empty key is everywhere."""
    return [(key, title if key else gettext("everywhere")) for key, title in choices.places()]


def _usable(template: ActionTemplate) -> list[tuple[str, str]]:
    """Return where the user may use a template: the names, and the addresses of the forms."""
    own, offered = choices.where(template), choices.places()
    return [
        (title, url_for("template_uses.new", template_id=template.id, **choices.as_address(choices.where_of(key))))
        for key, title in offered
        if not own or choices.where_of(key) == own
    ]


def _occasion() -> dict[str, list[str]]:
    """Return what the address says about where a template will be used, and what its actions are about."""
    sent = {name: request.args.getlist(name) for name in about.OCCASION}
    return {name: values for name, values in sent.items() if values}


def _is_editable(template: ActionTemplate) -> bool:
    return may_on(Permission.FOLLOW_UP_ASSIGN, template.congress_id, template.campaign_id)


def _editable(template_id: int) -> ActionTemplate:
    """Return a template that the user may edit; abort with 404 for any other."""
    template = template_queries.get(template_id)
    return template if _is_editable(template) else abort(404)


def _location(template: ActionTemplate) -> str:
    return url_for("templates.show", template_id=template.id)
