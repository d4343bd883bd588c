"""The page of an article: its text with remarks, its source, its versions, and its citations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup

from app.domain.press.versions import came_first
from app.forms.press.articles import CiteForm
from app.models.actions.follow_ups import FollowUp
from app.models.press.articles import Article, Citation
from app.models.press.notes import Note
from app.models.travel.problems import RouteProblem
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.campaigns import digests
from app.queries.press import articles, mentions, notes, versions
from app.reading.quotations import FoldedText, Mark, Span, marked
from app.views.accounts.scopes import scope_names
from app.views.press.mentions import is_editable
from app.web import pending
from app.web.access import may, may_on, seeing
from app.web.current_user import reader
from app.web.history import history_of


@dataclass(frozen=True, slots=True)
class Remark:
    """A note, or a problem that quotes the article, with the passage that it refers to; None if that is no longer in the text."""

    name: str
    sign: str
    span: Span | None
    note: Note | None = None
    problem: RouteProblem | None = None

    @property
    def label(self) -> str:
        """The label of the reference in the text."""
        return str(gettext("Note %(sign)s", sign=self.sign))


def article_page(article: Article, form: CiteForm) -> str:
    """Render the page of an article, with the parts that the user may see."""
    remarks = remarks_on(article)
    family = versions.family(article)
    return render_template(
        "press/articles/show.html",
        article=article,
        form=form,
        citations=[one for one in articles.citations_of(article.id) if _shown(one)],
        paragraphs=paragraphs(article, remarks),
        remarks=remarks,
        may_change=may_change,
        scope_names=scope_names(),
        mentions=mentions.of_article(article.id),
        is_editable_mention=is_editable,
        family=family,
        is_text_public=digests.is_text_public(article),
        republications=[one for one in family if one.id != article.id and one.in_language == article.in_language],
        suggestions=_suggestions(article),
        follow_ups=_actions(article),
        pending=pending.of_record(article) if may(Permission.ARTICLE_EDIT) else [],
        history=history_of(article) if may(Permission.ARTICLE_EDIT) else None,
    )


def remarks_on(article: Article) -> list[Remark]:
    """Return the remarks that the user may see, in the order of the text; those without a passage are last."""
    about: list[Note | RouteProblem] = [one for one in notes.of_article(article.id) if _may_read(one)]
    about += [one for one in notes.quoted_as_source(article) if may(Permission.PROBLEM_VIEW, one.congress_id)]
    folded = FoldedText(article.text if about else "")
    placed = [(one, _span(folded, one)) for one in about]
    # A problem whose quotation was never in this text quotes another source; it is not shown as missing.
    placed = [pair for pair in placed if pair[1] or isinstance(pair[0], Note)]
    placed.sort(key=lambda pair: pair[1].start if pair[1] else len(article.text))
    return [_remark(one, span, number) for number, (one, span) in enumerate(placed, start=1)]


def paragraphs(article: Article, remarks: list[Remark]) -> list[Markup]:
    """Return the paragraphs of an article with its remarks marked."""
    return marked(article.text, [Mark(one.name, one.sign, one.label, one.span) for one in remarks if one.span])


def may_change(note: Note) -> bool:
    """Return whether the user may edit a note: its author may, and coordinators of its congress or campaign."""
    here = (note.congress_id, note.campaign_id)
    own = note.created_by_id == reader().id and may_on(Permission.NOTE_EDIT, *here)
    return own or may_on(Permission.NOTE_EDIT_OTHERS, *here)


def _may_read(note: Note) -> bool:
    return may_on(Permission.NOTE_VIEW, note.congress_id, note.campaign_id)


def _span(folded: FoldedText, about: Note | RouteProblem) -> Span | None:
    if isinstance(about, Note):
        return folded.anchor(about.quotation, about.prefix, about.suffix, about.position)
    return folded.anchor(about.source_quote or "", "", "", 0)


def _remark(about: Note | RouteProblem, span: Span | None, number: int) -> Remark:
    if isinstance(about, Note):
        return Remark(f"note-{about.id}", str(number), span, note=about)
    return Remark(f"problem-{about.id}", str(number), span, problem=about)


class _Suggestion(NamedTuple):
    """A suggestion that another article may be a version of this one."""

    id: int
    other: Article
    other_first: bool


def _suggestions(article: Article) -> list[_Suggestion]:
    """Return the open suggestions, for users who may answer them."""
    if not may(Permission.ARTICLE_EDIT):
        return []
    pairs = [
        (one.id, one.other if one.article_id == article.id else one.article) for one in versions.suggestions(article)
    ]
    return [_Suggestion(number, other, came_first(other, article)) for number, other in pairs]


def _actions(article: Article) -> Sequence[FollowUp]:
    """Return the open actions about an article that the user may see: more people read articles than see actions."""
    with seeing(Permission.FOLLOW_UP_VIEW):
        return follow_ups.open_about(FollowUp.article_id, article.id) if may(Permission.FOLLOW_UP_VIEW) else ()


def _shown(citation: Citation) -> bool:
    """Return whether the user may see a citation: articles are public, their use as evidence is not."""
    if citation.problem_id is not None:
        return may(Permission.PROBLEM_VIEW, citation.congress_id, None)
    return may(Permission.CAMPAIGN_VIEW, None, citation.campaign_id)
