"""Reads the seed files and records them, with one method for each verb."""

from typing import Any

from flask import current_app
from sqlalchemy import select

from app.attached_files import Shelf
from app.commands import baseline, records, seed_values
from app.commands.baseline import instant, read
from app.config import Config
from app.domain.accounts import accounts, audit
from app.domain.actions import follow_ups
from app.domain.actions.attachments import FileValues, attach
from app.domain.actions.follow_ups import About
from app.domain.campaigns import approvals, campaigns, digests, subscriptions
from app.domain.congress import congresses, delegations, resolutions
from app.domain.people import affiliations, duplicates, organization_parts, organizations, other_names, people
from app.domain.press import articles, notes, versions
from app.domain.travel import parties, problems
from app.domain.travel.legs import add_leg, set_leg_status
from app.email_addresses import normalized
from app.emails.campaigns import digests as digest_letters
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import FollowUp, Priority
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import OPEN, Digest
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Capacity, Delegation, DelegationStatus
from app.models.congress.resolutions import Resolution
from app.models.people.organizations import Organization
from app.models.people.other_names import NameKind
from app.models.press.articles import Article, VersionKind
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Place
from app.models.travel.problems import RouteProblem


class Seeds:
    """The records created so far, by the keys with which seeds refer to each other."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.organizations: dict[str, Organization] = {}
        self.users: dict[str, User] = {}
        self.congresses: dict[str, Congress] = {}
        self.campaigns: dict[str, Campaign] = {}
        self.delegations: dict[str, Delegation] = {}
        self.problems: dict[str, RouteProblem] = {}
        self.articles: dict[str, Article] = {}

    def record_baseline(self, password: str) -> None:
        """Record what exists before the story starts: accounts, places, organizations, congress and delegations."""
        for values in read("users"):
            self._add_user(values, password)
        self.act_as()
        for values in read("places"):
            self.places[values["code"] or f"{values['name']}/{values['kind']}"] = baseline.place(values)
        baseline.verify_crossings()
        baseline.add_services(self.places)
        for values in read("organizations"):
            organization = organizations.create(seed_values.organization(values))
            self.organizations[values["key"]] = organization
            for name in values.get("other_names", []):
                organization_parts.add_name(organization, seed_values.organization_name(name))
            for detail in values.get("contact_details", []):
                organization_parts.add_contact(organization, seed_values.organization_contact(detail))
        for values in read("affiliations"):
            organization, parent = (self.organizations[values[name]] for name in ("organization", "parent"))
            affiliations.add(organization, seed_values.affiliation(values, parent))
        for values in read("congresses"):
            self.add_congress(values)
        for values in read("delegations"):
            self.add_delegation("caracas", values)
        records.add_all(self.organizations, self.delegations)
        self._record_again()

    def act_as(self, key: str = "ana") -> None:
        """Set the account that the history names for what is recorded next."""
        audit.act_as(self.users[key])

    def add_congress(self, values: dict[str, Any]) -> None:
        """Record a congress."""
        self.congresses[values["key"]] = congresses.create(seed_values.congress(values))

    def add_resolution(self, congress: str, values: dict[str, Any]) -> Resolution:
        """Record a resolution of a congress."""
        return resolutions.create(self.congresses[congress], seed_values.resolution(values))

    def add_delegation(self, congress: str, values: dict[str, Any]) -> None:
        """Record a delegation with its delegates and legs."""
        organization = self.organizations[values["organization"]]
        delegation = delegations.create(
            self.congresses[congress],
            {
                "organization": organization,
                "country": values["country"],
                "origin": None,
                "seats": values["seats"],
                "status": DelegationStatus(values["status"]),
                "reason": None,
                "problem": None,
            },
        )
        self.delegations[values["key"]] = delegation
        for one in values["delegates"]:
            person = people.create(
                seed_values.delegate(one, organization, values["country"]), congress_id=delegation.congress_id
            )
            if "passport_name" in one:
                other_names.add(person, {"kind": NameKind.PASSPORT, "name": one["passport_name"]})
            capacity = Capacity(one["capacity"])
            delegations.add_delegate(delegation, person, capacity=capacity, is_head=one["is_head"])
        for leg in values["legs"]:
            self.add_leg(delegation=values["key"], **leg)

    def _record_again(self) -> None:
        """Record people and an organization a second time, as happens when two people work on one list."""
        again = read("recorded_again")
        for values in again["organizations"]:
            organizations.create(seed_values.organization(values))
        for values in again["people"]:
            organization = self.organizations[values["organization"]] if values["organization"] else None
            recorded = seed_values.person(values, organization)
            people.create(recorded, congress_id=self.congresses["caracas"].id)
        while duplicates.search_people() or duplicates.search_organizations():
            continue

    def record_problem(
        self, *, key: str, entities: list[dict[str, Any]], by: str, congress: str = "caracas", **values: Any
    ) -> None:
        """Record a route problem."""
        recorded = seed_values.problem(values, entities, self.places)
        self.problems[key] = problems.create(self.congresses[congress], recorded, by=self.users[by])

    def assign(
        self, *, problem: str | None, delegations: list[str], title: str, note: str | None, assignee: str, due_at: str,
        priority: str, by: str, congress: str = "caracas", escalate_to: str | None = None,
        escalate_after_hours: int | None = None, about: About | None = None,
    ) -> list[FollowUp]:  # fmt: skip
        """Assign an action for each delegation."""
        subjects: About = {**(about or {}), "problem": self.problems[problem] if problem else None}
        return follow_ups.assign(
            {
                "title": title,
                "note": note,
                "assignee": self.users[assignee],
                "due_at": instant(due_at),
                "remind_before_hours": 24,
                "priority": Priority(priority),
                "escalate_to": self.users[escalate_to] if escalate_to else None,
                "escalate_after_hours": escalate_after_hours,
            },
            by=self.users[by],
            congress_id=self.congresses[congress].id,
            delegations=[self.delegations[key] for key in delegations],
            **subjects,
        )

    def attach(self, follow_up: FollowUp, name: str, text: str, *, by: str) -> None:
        """Attach a file of text to an action."""
        settings: Config = current_app.config["SETTINGS"]
        shelf = Shelf(settings.attachments_dir)
        values: FileValues = {"name": name, "content": text.encode()}
        attach(follow_up, values, shelf, most_megabytes=settings.attachment_megabytes, by=self.users[by])

    def complete(self, *, delegation: str, title: str) -> None:
        """Complete an action."""
        about = select(FollowUp).where(
            FollowUp.delegation_id == self.delegations[delegation].id, FollowUp.title == title
        )
        follow_ups.complete(db.session.scalars(about).unique().one())

    def set_leg(self, *, delegation: str, origin: str, destination: str, direction: str, status: str) -> None:
        """Set the status of a leg."""
        same = (
            select(Leg)
            .join(Journey)
            .where(Journey.delegation_id == self.delegations[delegation].id, Journey.direction == Direction(direction))
            .where(Leg.origin_id == self.places[origin].id, Leg.destination_id == self.places[destination].id)
        )
        set_leg_status(db.session.scalars(same).one(), LegStatus(status))

    def add_leg(self, *, delegation: str, journey: Journey | None = None, **values: Any) -> None:
        """Add a leg, its times local to its places."""
        recorded = seed_values.leg(values, self.places, journey)
        add_leg(self.delegations[delegation], recorded)

    def add_party(self, *, delegation: str, delegates: list[int], direction: str, legs: list[dict[str, Any]]) -> None:
        """Give some people of a delegation a separate itinerary."""
        party = self.delegations[delegation]
        chosen = [party.delegates[number] for number in delegates]
        journey = parties.begin_party(party, Direction(direction), chosen)
        for leg in legs:
            self.add_leg(delegation=delegation, journey=journey, **leg)

    def set_delegation(self, *, delegation: str, status: str, reason: str | None, problem: str | None = None) -> None:
        """Set the status of a delegation."""
        delegations.set_status(
            self.delegations[delegation], DelegationStatus(status), reason, self.problems[problem] if problem else None
        )

    def add_article(self, *, key: str, by: str, **values: Any) -> None:
        """Save an article."""
        self.articles[key] = articles.create(seed_values.article(values), by=self.users[by])

    def tie_version(self, *, article: str, original: str, kind: str) -> None:
        """Link an article as a version of another one."""
        versions.tie(self.articles[article], self.articles[original], VersionKind(kind))

    def cite(self, *, article: str, campaign: str | None, problem: str | None, by: str) -> None:
        """Cite an article in a campaign or on a problem."""
        if campaign:
            articles.cite_in_campaign(self.articles[article], self.campaigns[campaign], by=self.users[by])
        if problem:
            articles.cite_on_problem(self.articles[article], self.problems[problem], by=self.users[by])

    def add_note(self, *, article: str, campaign: str, quotation: str, body: str, by: str) -> None:
        """Highlight words of an article for those who work on a campaign."""
        values: notes.NoteValues = {
            "quotation": quotation,
            "place": None,
            "body": body,
            "congress_id": None,
            "campaign_id": self.campaigns[campaign].id,
        }
        notes.create(self.articles[article], values, by=self.users[by])

    def add_campaign(self, *, key: str, congress: str | None, **values: Any) -> None:
        """Start a campaign, and grant roles on it."""
        self.campaigns[key] = campaigns.create(
            seed_values.campaign(values, self.congresses[congress].id if congress else None)
        )
        self.grant_on(campaign=key)

    def subscribe(self, *, campaign: str, email: str, language: str, timezone: str) -> None:
        """Subscribe to a digest, with the frequency that the campaign offers."""
        words = "Quiero recibir el resumen por correo. Puedo darme de baja cuando quiera."
        preferences = subscriptions.default_preferences(self.campaigns[campaign], [language])
        preferences["timezone"] = timezone
        subscriptions.request(self.campaigns[campaign], email=email, preferences=preferences, consent_text=words)

    def confirm(self, *, campaign: str, email: str) -> None:
        """Confirm a subscription."""
        same = select(Subscription).where(
            Subscription.campaign_id == self.campaigns[campaign].id, Subscription.email == normalized(email)
        )
        subscriptions.confirm(db.session.scalars(same).one())

    def open_digest(self, *, campaign: str, openings: dict[str, str]) -> None:
        """Write the introduction of the waiting draft."""
        digest = self._draft(campaign)
        digests.edit(digest, digests.unchanged(digest) | {"openings": openings})

    def approve_digest(self, *, campaign: str, by: str) -> None:
        """Approve the waiting draft."""
        digest = self._draft(campaign)
        approvals.approve(digest, digest_letters.render, by=self.users[by], revision=digest.revision)

    def _draft(self, campaign: str) -> Digest:
        drafts = select(Digest).where(Digest.campaign_id == self.campaigns[campaign].id, Digest.status.in_(OPEN))
        return db.session.scalars(drafts).one()

    def grant_on(self, *, congress: str | None = None, campaign: str | None = None) -> None:
        """Grant a role on a congress, on a campaign, or on everything."""
        for values in read("users"):
            for one in values["grants"]:
                if (one["congress"], one["campaign"]) == (congress, campaign):
                    accounts.grant(
                        self.users[values["key"]],
                        Role(one["role"]),
                        by=None,
                        congress_id=self.congresses[congress].id if congress else None,
                        campaign_id=self.campaigns[campaign].id if campaign else None,
                    )

    def _add_user(self, values: dict[str, Any], password: str) -> None:
        known = next(iter(self.users.values()), None)
        user = accounts.create_user(
            email=values["email"],
            name=values["name"],
            locale=values["locale"],
            timezone=values["timezone"],
            password=None if known else password,
            invited=False,
        )
        if known:  # the demo has one password, and hashing is slow on purpose
            user.password_hash = known.password_hash
        self.users[values["key"]] = user
