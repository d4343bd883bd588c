"""Citing an article, and the choice of where."""

from flask_babel import gettext

from app.domain.press import articles
from app.models.press.articles import Article, Citation
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.travel import problems
from app.web.access import may
from app.web.current_user import reader
from app.wording.problems import problem_title


def subjects() -> list[tuple[str, str]]:
    """Return where the user may cite: campaigns, and the problems of congresses."""
    offered = [
        (f"campaign:{one.id}", gettext("Campaign: %(title)s", title=one.title))
        for one in campaigns.listing()
        if may(Permission.CITATION_EDIT, None, one.id)
    ]
    for congress in congresses.listing():
        if may(Permission.CITATION_EDIT, congress.id, None):
            offered += [
                (
                    f"problem:{congress.id}:{one.id}",
                    gettext("Route problem: %(title)s (%(place)s)", title=problem_title(one), place=congress.locality),
                )
                for one in problems.expected(congress.id)
            ]
    return offered


def cite_in(article: Article, subject: str) -> Citation:
    """Cite an article in one of `subjects`."""
    kind, *numbers = subject.split(":")
    if kind == "campaign":
        return articles.cite_in_campaign(article, campaigns.get(int(numbers[0])), by=reader())
    problem = problems.get(int(numbers[0]), int(numbers[1]))
    return articles.cite_on_problem(article, problem, by=reader())
