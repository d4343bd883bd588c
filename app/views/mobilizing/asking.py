"""What the public forms of all kinds of sign-ups share: they store a request once, and then say what comes next."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import sign_ups
from app.forms.mobilizing.sign_ups import SignUpForm
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.campaigns import campaigns
from app.views.campaigns.public_campaigns import opened
from app.web import choices, rate_limits
from app.web.submit import ACTS, submit
from app.web.templating import locale_tag


def campaign_of(slug: str) -> Campaign:
    """Return the campaign in which the public may sign up under this slug, and narrow the scope to it; 404 otherwise."""
    return opened(campaigns.sign_up_id(slug))


def consent_text(campaign: Campaign) -> str:
    """Return the sentence with which somebody agrees that what they enter is kept."""
    return str(
        gettext(
            "The organizers of “%(title)s” may keep what I enter here and contact me about it. "
            "I can withdraw at any time.",
            title=campaign.title,
        )
    )


def ask(
    form: SignUpForm, kind: SignUpKind, campaign: Campaign, template: str, *, shown: object = None, **about: int
) -> ResponseReturnValue:
    """Show the form of a kind of sign-up, `shown` on its page, or store what was asked: each form once.

    `about` has the ids of what it is about, by the names of their columns.
    """
    form.country.offer(choices.countries())

    def page() -> str:
        return render_template(template, form=form, campaign=campaign, shown=shown)

    if form.is_submitted() and rate_limits.too_often(rate_limits.SIGN_UP, "sign up"):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return page(), 429
    by_phone = "1" if form.phone.data and not form.email.data else None
    return submit(
        form,
        ACTS,
        write=lambda: sign_ups.ask(campaign, kind, form.values(locale_tag()), **about),
        then=url_for("sign_up_links.asked", slug=campaign.slug, phone=by_phone),
        otherwise=page,
    )
