"""What is said when the last open action about a problem, or about a resolution, is done."""

from collections.abc import Sequence

from flask_babel import gettext

from app.models.actions.follow_ups import FollowUp
from app.queries.actions import follow_ups
from app.wording.problems import problem_title


def finished(follow_up: FollowUp) -> list[str]:
    """Return the sentences for whoever has completed an action that was the last open one about its subjects."""
    if not follow_up.is_completed:
        return []
    subjects: list[tuple[str, Sequence[FollowUp]]] = []
    if follow_up.problem is not None:
        subjects.append((problem_title(follow_up.problem), follow_ups.of_problem(follow_up.problem.id)))
    if follow_up.resolution is not None:
        subjects.append((follow_up.resolution.title, follow_ups.of_resolution(follow_up.resolution.id)))
    return [
        gettext("It was the last open action about “%(title)s”.", title=title)
        for title, actions in subjects
        if not any(one.is_open for one in actions)
    ]
