"""What was done to a record, as its history tells it."""

from app.text import N_

VERBS: dict[str, str] = {
    "recorded": N_("Recorded"),
    "changed": N_("Edited"),
    "lifted": N_("Ended"),
    "called off": N_("Withdrawn"),
    "reinstated": N_("Reinstated"),
    "added": N_("Leg added"),
    "leg deleted": N_("Leg removed"),
    "call removed": N_("Call to action removed"),
    "letter text removed": N_("Text of letters removed"),
    "member removed": N_("Member removed"),
    "shift removed": N_("Shift removed"),
    "removed": N_("Removed"),
    "accepted": N_("Proposed change accepted"),
    "declined": N_("Proposed change declined"),
    "published": N_("Published"),
    "restored": N_("Restored"),
    "undone": N_("Undone"),
    "merged": N_("Merged"),
    "exported": N_("Downloaded"),
    "escalated": N_("Escalated"),
    "returned": N_("Handed back, because its assignee no longer has access"),
}
FIRST = {"recorded", "added"}
"""The verbs of the first entry about a row, which changes nothing."""
