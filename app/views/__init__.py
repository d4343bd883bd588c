"""The pages: each module owns a blueprint, and this is the tuple of them."""

from app.views.accounts import accounts, users
from app.views.actions import follow_ups, today
from app.views.campaigns import archive, atom, calls, campaigns, digest_preview, digests, subscriptions
from app.views.congress import absences, congresses, delegations, personal
from app.views.mail import mail
from app.views.people import organizations, people
from app.views.press import articles, feeds, intakes, notes, versions
from app.views.travel import check_ins, crossings, entities, maps, problems, services, travel, ways

BLUEPRINTS = tuple(
    module.bp
    for module in (
        absences,
        accounts,
        archive,
        articles,
        atom,
        calls,
        campaigns,
        check_ins,
        congresses,
        crossings,
        delegations,
        digests,
        entities,
        feeds,
        follow_ups,
        intakes,
        mail,
        maps,
        notes,
        organizations,
        people,
        personal,
        digest_preview,
        problems,
        services,
        subscriptions,
        today,
        travel,
        users,
        versions,
        ways,
    )
)
