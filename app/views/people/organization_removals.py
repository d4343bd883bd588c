"""Pages and buttons that remove and restore organizations."""

from collections import Counter

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.pending import IS_REMOVED
from app.domain.people import organizations
from app.forms.base import Button
from app.models.people.organizations import Organization
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.queries.people import organizations as organization_queries
from app.views.people.organizations import bp
from app.web import pending
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.removals import Removed
from app.web.submit import ACTS, press, submit


@bp.route("/<int:organization_id>/remove", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
def remove(organization_id: int) -> ResponseReturnValue:
    """Ask whether to remove an organization, with what names it; remove it."""
    organization, form = organization_queries.get_kept(organization_id), Button()
    name = organization.name
    return submit(
        form,
        ACTS,
        write=lambda: pending.saved(
            organization, {IS_REMOVED: True}, lambda: organizations.remove(organization, by=reader())
        ),
        then=_location(organization) if pending.waits(organization) else url_for("organizations.index"),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=name,
            consequences=_consequences(organization_queries.uses_of(organization_id)),
            note=gettext(
                "It can be restored for %(days)d days. After that, it is deleted, unless records still name it.",
                days=REMOVED_FOR.days,
            ),
            trail=[(name, _location(organization))],
        ),
        done=pending.done(
            organization,
            gettext(
                "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
                name=name,
                days=REMOVED_FOR.days,
            ),
        ),
    )


@bp.post("/<int:organization_id>/bring-back")
@requires(Permission.ORGANIZATION_EDIT)
def bring_back(organization_id: int) -> ResponseReturnValue:
    """Restore a removed organization."""
    organization = organization_queries.get_restorable(organization_id)
    return press(
        lambda: organizations.bring_back(organization), then=_location(organization), done=gettext("Restored.")
    )


def removed() -> list[Removed]:
    """Return the organizations that the user may restore."""
    if not may(Permission.ORGANIZATION_EDIT):
        return []
    return [
        Removed(
            one.name,
            gettext("organization"),
            one,
            url_for("organizations.bring_back", organization_id=one.id),
        )
        for one in organization_queries.removed()
    ]


def _consequences(uses: Counter[str]) -> list[str]:
    """Return what removing an organization changes, in sentences; only what the user may see is counted."""
    counted = {
        "delegations": ngettext("%(num)d delegation", "%(num)d delegations", uses["delegations"]),
        "memberships": ngettext("%(num)d membership", "%(num)d memberships", uses["memberships"]),
        "affiliations": ngettext("%(num)d affiliation", "%(num)d affiliations", uses["affiliations"]),
        "interactions": ngettext("%(num)d interaction", "%(num)d interactions", uses["interactions"]),
        "mentions": ngettext("%(num)d mention in an article", "%(num)d mentions in articles", uses["mentions"]),
    }
    named = ", ".join(str(words) for kind, words in counted.items() if uses[kind])
    return [
        gettext("All accounts share it. It is in no list and no search any more, and can no longer be chosen."),
        *([gettext("It is named by: %(things)s.", things=named)] if named else []),
        gettext("Records that use it are kept, with its name."),
    ]


def _location(organization: Organization) -> str:
    return url_for("organizations.show", organization_id=organization.id)
