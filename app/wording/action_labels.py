"""Labels of what actions are, and of what their lists are filtered by."""

from enum import StrEnum

from app.domain.bulk import Left
from app.models.actions.follow_ups import FollowUpKind, FollowUpStatus, Priority
from app.queries.actions.filters import Part, Show, Sorting, SubjectKind, View
from app.queries.actions.spans import Span
from app.text import N_, NP_

ACTION_LABELS: tuple[tuple[StrEnum, str], ...] = (
    (FollowUpKind.REBOOK, N_("rebook")),
    (FollowUpKind.BOOK, N_("book the alternative route")),
    (FollowUpKind.CANCEL_BOOKING, N_("cancel the booking that is no longer used")),
    (FollowUpKind.REFUND, N_("request a refund")),
    (FollowUpKind.CONSULATE_LETTER, N_("write to the consulate")),
    (FollowUpKind.ACCOMPANY, N_("arrange an escort at the border")),
    (FollowUpKind.ALTERNATE, N_("send an alternate")),
    (FollowUpKind.REMOTE_SEAT, N_("arrange remote participation")),
    (FollowUpKind.CALL, N_("call the delegation")),
    (Span.LATE, N_("overdue")),
    (Span.TODAY, N_("due today")),
    (Span.WEEK, N_("this week")),
    (Span.LATER, N_("later")),
    (FollowUpStatus.NEEDS_ACTION, N_("to do")),
    (FollowUpStatus.IN_PROCESS, N_("in progress")),
    (FollowUpStatus.COMPLETED, NP_("action", "done")),
    (FollowUpStatus.CANCELLED, N_("dropped")),
    (Priority.HIGH, N_("high")),
    (Priority.NORMAL, N_("normal")),
    (Priority.LOW, N_("low")),
    (Show.OPEN, NP_("actions", "open")),
    (Show.CLOSED, N_("done or dropped")),
    (SubjectKind.PROBLEM, N_("a route problem")),
    (SubjectKind.RESOLUTION, N_("a resolution")),
    (SubjectKind.MOBILIZATION, N_("a mobilization")),
    (SubjectKind.DELEGATION, N_("a delegation")),
    (SubjectKind.LEG, N_("a leg")),
    (SubjectKind.PERSON, N_("a person")),
    (SubjectKind.ORGANIZATION, N_("an organization")),
    (SubjectKind.ARTICLE, N_("an article")),
    (SubjectKind.INTERACTION, N_("an interaction, as its next step")),
    (SubjectKind.NOTHING, N_("nothing in particular")),
    (Part.SERIES, N_("any series that repeats")),
    (Part.TEMPLATE, N_("any use of a template")),
    (Left.CLOSED, N_("Already done or dropped")),
    (Left.ELSEWHERE, N_("In a congress or campaign that the assignee does not work on")),
    (Left.ESCALATED, N_("Would be escalated to its own assignee")),
    (Left.TOO_FAR, N_("The new date would be far from today")),
    (Left.OF_BOOKINGS, N_("About bookings, to be marked as done on its own page")),
    (View.LIST, N_("List")),
    (View.BY_STATUS, N_("Board by status")),
    (View.BY_ASSIGNEE, N_("Board by assignee")),
    (Sorting.DUE, N_("due date, earliest first")),
    (Sorting.LATEST_DUE, N_("due date, latest first")),
    (Sorting.PRIORITY, N_("priority")),
    (Sorting.NEWEST, N_("newest first")),
)
