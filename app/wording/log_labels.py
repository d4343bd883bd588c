"""What is said about the lines of the audit log."""

import json
from typing import Any

from app.models.accounts.house import Rule
from app.models.oversight.lines import ActorKind, LogVerb
from app.queries.accounts.log import Fault
from app.text import N_

LOG_LABELS = (
    (Rule.GRANTS, N_("granting roles on the whole house")),
    (Rule.EXPORTS, N_("downloads with many people")),
    (Rule.ERASURES, N_("erasing people for good")),
    (ActorKind.ACCOUNT, N_("an account")),
    (ActorKind.LINK, N_("an emailed link")),
    (ActorKind.PUBLIC, N_("a public form")),
    (ActorKind.JOB, N_("a background task")),
    (ActorKind.COMMAND, N_("a command on the machine")),
    (LogVerb.INSERT, N_("added")),
    (LogVerb.UPDATE, N_("changed")),
    (LogVerb.DELETE, N_("deleted")),
    (LogVerb.READ, N_("looked at")),
    (LogVerb.EXPORT, N_("exported")),
    (LogVerb.ERASE, N_("values erased")),
    (Fault.MISSING, N_("The line before it is missing: lines were removed.")),
    (
        Fault.CHANGED,
        N_("It is not what was written: it was changed, added or moved, or the secret key is another one."),
    ),
    (Fault.VALUES_CHANGED, N_("Its values are not those that were written.")),
    (Fault.VALUES_MISSING, N_("Its values are missing, and no line tells that they were erased.")),
    (Fault.NOT_THE_ONE, N_("It is not the line that was noted elsewhere: the log was written anew.")),
)


def logged(value: Any) -> str:
    """Return a value as the log keeps it, on one line."""
    return "–" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
