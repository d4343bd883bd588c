"""What the public can do in a campaign, for its public page. Each noun adds its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext

from app import clock
from app.domain.mobilizing.days_of_action import last_start
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.mobilizing import days_of_action, sign_ups
from app.web.templating import locale_tag


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do, and its page."""

    title: str
    note: str
    """One sentence; may be empty."""
    url: str


def endorsing(campaign: Campaign) -> Iterable[Offer]:
    """Offer to endorse the campaign."""
    count = sign_ups.confirmed(campaign.id, SignUpKind.ENDORSE)
    note = (
        ngettext("Endorsed by %(num)d so far.", "Endorsed by %(num)d so far.", count)
        if count
        else gettext("In your own name, or for your union or organization.")
    )
    yield Offer(gettext("Endorse this campaign"), note, url_for("endorsements.new", slug=campaign.slug))


def taking_part(campaign: Campaign) -> Iterable[Offer]:
    """Offer the days of action that are ahead."""
    for day in days_of_action.public(campaign.id):
        if last_start(day) > clock.now():
            page = url_for("public_days.show", slug=campaign.slug, day_id=day.id)
            yield Offer(day.title_in(locale_tag()), gettext("See when and where it takes place."), page)


OFFERS: tuple[Callable[[Campaign], Iterable[Offer]], ...] = (taking_part, endorsing)
"""In the order in which the page shows them."""


def offers_of(campaign: Campaign) -> list[Offer]:
    """Return what anyone can do in a campaign that is open to sign-ups."""
    return [one for offering in OFFERS for one in offering(campaign)] if campaign.open_to_sign_ups else []
