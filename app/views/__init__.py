"""The pages: each module owns a blueprint, and this is the tuple of them."""

from app.views import (
    accounts,
    articles,
    campaigns,
    check_ins,
    congresses,
    crossings,
    delegations,
    digests,
    entities,
    follow_ups,
    mail,
    maps,
    organizations,
    people,
    personal,
    problems,
    services,
    subscriptions,
    today,
    travel,
    users,
    ways,
)

BLUEPRINTS = tuple(
    module.bp
    for module in (
        accounts,
        articles,
        campaigns,
        check_ins,
        congresses,
        crossings,
        delegations,
        digests,
        entities,
        follow_ups,
        mail,
        maps,
        organizations,
        people,
        personal,
        problems,
        services,
        subscriptions,
        today,
        travel,
        users,
        ways,
    )
)
