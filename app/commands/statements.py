"""The statement of the demo and its signatures: invented, dated relative to the day it is loaded."""

from datetime import timedelta

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.mobilizing import sign_ups, statements
from app.models.mobilizing.sign_ups import Mandate, SignUpKind


def record(seeds: Seeds) -> None:
    """Publish the statement, and have it signed."""
    values, today = read("statements"), clock.now().date()
    campaign = seeds.campaigns[values["campaign"]]
    statement = statements.create(campaign, {"titles": values["titles"], "texts": values["texts"]})
    version = statements.publish(statement)
    for one in values["signatures"]:
        signature = sign_ups.ask(
            campaign,
            SignUpKind.SIGN,
            {
                "name": one["name"],
                "email": one["email"],
                "phone": None,
                "locale": "es",
                "country": one["country"],
                "locality": None,
                "organization_name": one["organization"],
                "mandate": Mandate(one["mandate"]),
                "decided_on": today + timedelta(days=one["decided"]) if one["decided"] else None,
                "is_named": one["is_named"],
                "details": {},
                "consent_text": values["consent_text"],
            },
            version_id=version.id,
        )
        if signature is not None:
            sign_ups.confirm(signature)
