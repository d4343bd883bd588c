"""Notes on passages of an article."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.press import notes
from app.forms.press.notes import NoteForm
from app.models.press.articles import Article
from app.models.press.notes import Note
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.press import articles as article_queries
from app.queries.press import notes as note_queries
from app.reading.quotations import FoldedText, around
from app.views.press.article_page import may_change
from app.web.access import may_on, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit

bp = Blueprint("notes", __name__, url_prefix="/articles/<int:article_id>/notes")

_AROUND = 60
"""Characters of context shown on each side of a passage that occurs several times."""


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.NOTE_EDIT)
@creating
def new(article_id: int) -> ResponseReturnValue:
    """Add a note to a passage of an article."""
    article = article_queries.get(article_id)
    form = NoteForm()
    form.subject.offer(_subjects())
    _offer_places(form, article)
    return submit(
        form,
        creates(_editor),
        write=lambda: notes.create(article, form.values(), by=reader()),
        then=_location,
        otherwise=lambda: render_template("press/notes/form.html", form=form, article=article, note=None),
        done=gettext("Highlighted."),
    )


@bp.route("/<int:note_id>/edit", methods=["GET", "POST"])
@requires(Permission.NOTE_EDIT)
def edit(article_id: int, note_id: int) -> ResponseReturnValue:
    """Edit a note or its passage."""
    note = _own(article_id, note_id)
    form = NoteForm(obj=note)
    del form.subject
    _offer_places(form, note.article)
    return submit(
        form,
        edits(note),
        write=lambda: notes.update(note, form.values()),
        then=_location(note),
        otherwise=lambda: render_template("press/notes/form.html", form=form, article=note.article, note=note),
        done=gettext("Saved."),
    )


@bp.post("/<int:note_id>/remove")
@requires(Permission.NOTE_EDIT)
def remove(article_id: int, note_id: int) -> ResponseReturnValue:
    """Delete a note."""
    note = _own(article_id, note_id)
    page = url_for("articles.show", article_id=article_id)
    done = gettext("The note has been deleted.")
    return press(lambda: notes.remove(note), then=page, done=done, undo=note.body or note.quotation)


def _own(article_id: int, note_id: int) -> Note:
    note = note_queries.get(article_id, note_id)
    if not may_change(note):
        abort(403)
    return note


def _subjects() -> list[tuple[str, str]]:
    """Return the congresses and campaigns in which the user may make notes, visible to those who work there."""
    offered = [
        (f"campaign:{one.id}", gettext("Campaign: %(title)s", title=one.title))
        for one in campaigns.listing()
        if may_on(Permission.NOTE_EDIT, None, one.id)
    ]
    offered += [
        (f"congress:{one.id}", one.title) for one in congresses.listing() if may_on(Permission.NOTE_EDIT, one.id, None)
    ]
    if may_on(Permission.NOTE_EDIT, None, None):
        offered.append(("house", gettext("Everyone with access to everything")))
    return offered


def _offer_places(form: NoteForm, article: Article) -> None:
    """Offer the positions of a passage that occurs several times, each with its context."""
    found = FoldedText(article.text).find(str(form.quotation.data or ""))[: notes.MOST_PLACES]
    if len(found) > 1:
        sides = [(span.start, around(article.text, span, _AROUND)) for span in found]
        form.offer_places([(start, " ".join(f"…{before}[…]{after}…".split())) for start, (before, after) in sides])


def _location(note: Note) -> str:
    return url_for("articles.show", article_id=note.article_id, _anchor=f"about-note-{note.id}")


def _editor(note: Note) -> str:
    return url_for("notes.edit", article_id=note.article_id, note_id=note.id)
