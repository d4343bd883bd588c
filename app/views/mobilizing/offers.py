"""What the public can do in a campaign, for its public page. Each noun adds its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext

from app import clock
from app.domain.mobilizing.days_of_action import last_start
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.mobilizing import brigades, days_of_action, letters, sign_ups, statements, targets
from app.web.templating import locale_tag
from app.wording.brigades import needs_sentence
from app.wording.statements import title_of


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


def signing(campaign: Campaign) -> Iterable[Offer]:
    """Offer each published statement."""
    for statement in statements.published(campaign.id):
        version = statement.versions[-1]
        count = sum(one.counted for one in statements.tallies(version.id, clock.now()))
        note = ngettext("%(num)d signature so far.", "%(num)d signatures so far.", count) if count else ""
        page = url_for("public_statements.show", slug=campaign.slug, statement_id=statement.id)
        yield Offer(gettext("Sign “%(title)s”", title=title_of(version)), note, page)


def writing(campaign: Campaign) -> Iterable[Offer]:
    """Offer to write to the targets, if there are any to write to."""
    if targets.offered(campaign.id, language=locale_tag()):
        count = letters.tally(campaign.id).total
        note = ngettext("%(num)d letter so far.", "%(num)d letters so far.", count) if count else ""
        yield Offer(gettext("Write a letter"), note, url_for("public_letters.choose", slug=campaign.slug))


def taking_part(campaign: Campaign) -> Iterable[Offer]:
    """Offer the days of action that are ahead."""
    for day in days_of_action.public(campaign.id):
        if last_start(day) > clock.now():
            page = url_for("public_days.show", slug=campaign.slug, day_id=day.id)
            yield Offer(day.title_in(locale_tag()), gettext("See when and where it takes place."), page)


def joining(campaign: Campaign) -> Iterable[Offer]:
    """Offer the brigades that anyone may ask to join."""
    for brigade in brigades.open_ones(campaign.id):
        page = url_for("public_brigades.join", slug=campaign.slug, brigade_id=brigade.id)
        yield Offer(gettext("Join “%(brigade)s”", brigade=brigade.name), needs_sentence(brigades.needs(brigade)), page)


OFFERS: tuple[Callable[[Campaign], Iterable[Offer]], ...] = (taking_part, signing, writing, joining, endorsing)
"""In the order in which the page shows them."""


def offers_of(campaign: Campaign) -> list[Offer]:
    """Return what anyone can do in a campaign that is open to sign-ups."""
    return [one for offering in OFFERS for one in offering(campaign)] if campaign.open_to_sign_ups else []
