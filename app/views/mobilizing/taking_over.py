"""Organizers take sign-ups over: as people, and into brigades."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.mobilizing import joining, taking_over
from app.forms.mobilizing.decisions import DeclineForm
from app.forms.mobilizing.taking_over import AcceptForm, TakeOverForm
from app.models.mobilizing.brigades import Brigade
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.people import Person
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.lookup import Missing
from app.queries.mobilizing import sign_ups as sign_up_queries
from app.queries.people.duplicates import Alike
from app.views.people.twins import known_of
from app.web.access import requires
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.looks import looked_at
from app.web.submit import ACTS, submit
from app.wording.brigades import role_name
from app.wording.matching import evidence_for

bp = Blueprint("taking_over", __name__, url_prefix="/campaigns/<int:campaign_id>/sign-ups")


@bp.route("/<int:sign_up_id>/take-over", methods=["GET", "POST"])
@requires(Permission.SIGN_UP_EDIT)
def one(campaign_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Record the person behind a sign-up, or choose one of those recorded who may be the same."""
    sign_up, form = sign_up_queries.get(campaign_id, sign_up_id), TakeOverForm()
    looked_at("sign_ups", [sign_up_id], "email", "phone")
    people = _offer_people(form, sign_up)
    return submit(
        form,
        ACTS,
        write=lambda: taking_over.take_over(sign_up, people.get(form.person.data), by=reader()),
        then=lambda person: url_for("people.show", person_id=person.id),
        otherwise=lambda: _page("mobilizing/taking_over/one.html", form, sign_up),
        done=gettext("Recorded, with what was agreed to."),
    )


@bp.route("/<int:sign_up_id>/accept", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def accept(campaign_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Take somebody who has asked into the brigade."""
    sign_up, brigade = _asking(campaign_id, sign_up_id)
    looked_at("sign_ups", [sign_up_id], "email", "phone")
    form = AcceptForm(role=sign_up.details.get("role_id"))
    people, roles = _offer_people(form, sign_up), {role.id: role for role in brigade.roles}
    form.role.offer([("", role_name(None)), *((role.id, role_name(role)) for role in roles.values())])
    return submit(
        form,
        ACTS,
        write=lambda: joining.accept(sign_up, people.get(form.person.data), roles.get(form.role.data), by=reader()),
        then=url_for("brigades.show", campaign_id=campaign_id, brigade_id=sign_up.brigade_id),
        otherwise=lambda: _page("mobilizing/taking_over/accept.html", form, sign_up),
        done=gettext("%(name)s is a member now.", name=sign_up.name),
    )


@bp.route("/<int:sign_up_id>/decline", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def decline(campaign_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Say why somebody who has asked does not join."""
    (sign_up, _brigade), form = _asking(campaign_id, sign_up_id), DeclineForm()
    by_email = gettext("%(name)s is told by email, with the reason.", name=sign_up.name)
    by_phone = gettext("Call %(name)s: %(phone)s.", name=sign_up.name, phone=sign_up.phone)
    return ask_first(
        lambda: joining.decline(sign_up, form.reason.data, by=reader()),
        name=sign_up.name,
        question=gettext("Decline that %(name)s joins?", name=sign_up.name),
        consequences=[by_email if sign_up.email else by_phone],
        form=form,
        fields=["reason"],
        button=gettext("Decline"),
        then=_list(campaign_id),
        trail=[(gettext("Sign-ups"), _list(campaign_id))],
        done=gettext("It is declined."),
    )


@bp.route("/take-over", methods=["GET", "POST"])
@requires(Permission.SIGN_UP_EDIT)
def every(campaign_id: int) -> ResponseReturnValue:
    """Take over all confirmed sign-ups of a list of which it is clear who is behind them."""
    campaigns.get(campaign_id)
    found = sign_up_queries.untaken(campaign_id, request.args.get("kind", ""), taking_over.MOST_AT_ONCE)
    plan = taking_over.plan(found)
    return ask_first(
        lambda: taking_over.carry_out(plan, by=reader()),
        name=gettext("Sign-ups"),
        question=gettext("Take over the confirmed sign-ups?"),
        consequences=[
            ngettext("%(num)d new person is recorded.", "%(num)d new people are recorded.", len(plan.new)),
            ngettext(
                "%(num)d is certainly a person who is recorded, and is tied to her.",
                "%(num)d are certainly people who are recorded, and are tied to them.",
                len(plan.known),
            ),
            ngettext(
                "%(num)d may be somebody who is recorded, and is left for you to decide.",
                "%(num)d may be somebody who is recorded, and are left for you to decide.",
                len(plan.unclear),
            ),
            gettext("What each of them agreed to is recorded with its words and its day."),
        ],
        button=gettext("Take over"),
        then=_list(campaign_id),
        trail=[(gettext("Sign-ups"), _list(campaign_id))],
        done=gettext("Done."),
    )


def _asking(campaign_id: int, sign_up_id: int) -> tuple[SignUp, Brigade]:
    """Return a confirmed request to join a brigade, and the brigade; 404 if it is something else, or has been decided."""
    sign_up = sign_up_queries.get(campaign_id, sign_up_id)
    if sign_up.brigade is None or not sign_up.waits_for_decision:
        raise Missing("sign-up")
    return sign_up, sign_up.brigade


def _offer_people(form: TakeOverForm, sign_up: SignUp) -> dict[int | None, Person]:
    """Offer to record a new person, or those who may be the same, and return these by id."""
    found: Sequence[Alike[Person]] = () if sign_up.person else taking_over.alike(sign_up)
    offered = [(one.row.id, _called(one)) for one in found]
    own = sign_up.person.full_name if sign_up.person else gettext("A new person: %(name)s", name=sign_up.name)
    form.person.offer([("", own), *offered])
    return {one.row.id: one.row for one in found}


def _called(match: Alike[Person]) -> str:
    known = ", ".join(filter(None, (known_of(match.row), evidence_for(match.verdict.evidence))))
    return f"{match.row.full_name} ({known})" if known else match.row.full_name


def _page(template: str, form: TakeOverForm, sign_up: SignUp) -> str:
    return render_template(
        template, form=form, sign_up=sign_up, parents=[(gettext("Sign-ups"), _list(sign_up.campaign_id))]
    )


def _list(campaign_id: int) -> str:
    return url_for("sign_ups.index", campaign_id=campaign_id)
