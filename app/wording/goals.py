"""How far campaigns have come with their goals, in the language of the reader."""

from flask_babel import format_decimal, ngettext

from app.models.campaigns.campaigns import GoalKind
from app.queries.mobilizing.goals import GoalProgress
from app.text import N_

GOAL_LABELS = (
    (GoalKind.SIGNATURES, N_("signatures")),
    (GoalKind.ENDORSEMENTS, N_("endorsements")),
    (GoalKind.SUBSCRIBERS, N_("subscribers")),
    (GoalKind.ORGANIZATIONS, N_("organizations that take part")),
    (GoalKind.MOBILIZATIONS, N_("mobilizations")),
    (GoalKind.LETTERS, N_("letters to targets")),
    (GoalKind.COMMITMENTS, N_("targets that commit themselves or sign")),
    (GoalKind.PARTICIPANTS, N_("people at mobilizations")),
)


def goal_text(goal: GoalProgress) -> str:
    """Return how many there are of how many, such as “1,240 of 5,000 signatures”."""
    values = {"reached": format_decimal(goal.reached), "goal": format_decimal(goal.number)}
    match goal.kind:
        case GoalKind.SIGNATURES:
            text = ngettext(
                "%(reached)s of %(goal)s signature", "%(reached)s of %(goal)s signatures", goal.number, **values
            )
        case GoalKind.ENDORSEMENTS:
            text = ngettext(
                "%(reached)s of %(goal)s endorsement", "%(reached)s of %(goal)s endorsements", goal.number, **values
            )
        case GoalKind.SUBSCRIBERS:
            text = ngettext(
                "%(reached)s of %(goal)s subscriber", "%(reached)s of %(goal)s subscribers", goal.number, **values
            )
        case GoalKind.ORGANIZATIONS:
            text = ngettext(
                "%(reached)s of %(goal)s organization", "%(reached)s of %(goal)s organizations", goal.number, **values
            )
        case GoalKind.MOBILIZATIONS:
            text = ngettext(
                "%(reached)s of %(goal)s mobilization", "%(reached)s of %(goal)s mobilizations", goal.number, **values
            )
        case GoalKind.LETTERS:
            text = ngettext("%(reached)s of %(goal)s letter", "%(reached)s of %(goal)s letters", goal.number, **values)
        case GoalKind.COMMITMENTS:
            text = ngettext(
                "%(reached)s of %(goal)s commitment", "%(reached)s of %(goal)s commitments", goal.number, **values
            )
        case GoalKind.PARTICIPANTS:
            text = ngettext(
                "%(reached)s of %(goal)s person at mobilizations",
                "%(reached)s of %(goal)s people at mobilizations",
                goal.number,
                **values,
            )
    return str(text)
