"""The pages: each module owns a blueprint, and this is the tuple of them."""

from app.views import (
    accounts,
    articles,
    campaigns,
    congresses,
    delegations,
    digests,
    follow_ups,
    mail,
    organizations,
    people,
    problems,
    subscriptions,
    today,
    travel,
    users,
)

BLUEPRINTS = tuple(
    module.bp
    for module in (
        accounts,
        articles,
        campaigns,
        congresses,
        delegations,
        digests,
        follow_ups,
        mail,
        organizations,
        people,
        problems,
        subscriptions,
        today,
        travel,
        users,
    )
)
