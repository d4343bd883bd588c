"""What is said about requests that need a second admin."""

from flask_babel import gettext, ngettext

from app.models.accounts.approvals import ApprovalKind, ApprovalRequest
from app.wording.labels import label


def asked_for(request: ApprovalRequest) -> str:
    """Return what a request asks for."""
    if request.kind is ApprovalKind.GRANT and request.role and request.user:
        return str(gettext("%(role)s of the whole house: %(name)s", role=label(request.role), name=request.user.name))
    if request.kind is ApprovalKind.EXPORT:
        return str(ngettext("Download with %(num)d person", "Download with %(num)d people", request.row_count or 0))
    if request.kind is ApprovalKind.ERASURE:
        return str(gettext("Erasing a person for good"))
    if request.crossing_rule:
        return str(gettext("Who verifies and bans border crossings: %(who)s", who=label(request.crossing_rule)))
    rules = ", ".join(label(one) for one in request.rules_left)
    if rules:
        return str(gettext("Only this still needs two admins: %(rules)s", rules=rules))
    return str(gettext("Nothing needs two admins anymore"))
