"""The demo story: seeds recorded through the same domain functions as real data, each event on its own day."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.commands import (
    action_templates,
    border_facts,
    brigades,
    contacts,
    days_of_action,
    imported,
    statements,
    targets,
    upcoming,
)
from app.commands.baseline import instant, read
from app.commands.seeds import Seeds
from app.config import Config
from app.dialects import keep_statistics
from app.domain.accounts import audit
from app.domain.campaigns import digests
from app.domain.travel import gazetteer
from app.emails.campaigns import digests as digest_letters
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import Delivery
from app.models.press.articles import Citation
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.problems import Effect
from app.queries.campaigns import campaigns
from app.queries.mail.deliveries import WAITING
from app.queries.travel import hits

Report = Callable[[str], None]
THE_END = datetime.max.replace(tzinfo=UTC)


def load(app: Flask, *, mail_url: str = "mailbox:", report: Report = lambda _line: None) -> str:
    """Load the whole story into an empty database and return the password of its accounts.

    Emails go to the application's own mailbox unless stated otherwise, because the people are invented. While the
    story is loaded, the clock is set to the day of each event, and afterwards back to today.
    """
    settings: Config = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.with_mail(mail_url)
    password = secrets.token_urlsafe(9)
    try:
        with app.test_request_context(base_url=settings.base_url):
            enter_scope(EVERYTHING)
            if not gazetteer.is_loaded():
                gazetteer.load()
            replay = Replay(report)
            seeds = replay.run(password)
            record_examples(seeds)
            db.session.commit()
            replay.deliver_until(clock.now())
            replay.close_windows()
            keep_statistics(db.session)
            db.session.commit()
    finally:
        app.config["SETTINGS"] = settings
    return password


def record_examples(seeds: Seeds) -> None:
    """Record what the story lacks, dated relative to now, so that no page of the demo is empty."""
    seeds.act_as()
    upcoming.record(seeds)
    brigades.record(seeds)
    action_templates.record()
    days_of_action.record(seeds)
    statements.record(seeds)
    targets.record(seeds)
    contacts.record(seeds)
    border_facts.record()
    imported.record(seeds)


class Replay:
    """One run of the story, event by event, with the emails that are due in between."""

    def __init__(self, report: Report) -> None:
        self._report_line = report
        self._seeds = Seeds()
        self._events: list[dict[str, Any]] = read("story")

    def run(self, password: str, *, until: datetime = THE_END) -> Seeds:
        """Run it to the last email, or until an instant in between; another call continues from there."""
        if not self._seeds.congresses:
            self._begin(password)
        coming = [event for event in self._events if instant(event["at"]) <= until]
        self._events = [event for event in self._events if instant(event["at"]) > until]
        for moment, together in groupby(coming, key=itemgetter("at")):
            at = instant(moment)
            self.deliver_until(at)
            with clock.travel(at):
                for event in together:
                    self._record(**{name: value for name, value in event.items() if name != "at"})
                db.session.commit()
        if coming:
            end = min(at + timedelta(days=1), until)
            self.deliver_until(end)
            with clock.travel(end):
                self.close_windows()
        return self._seeds

    def deliver_until(self, end: datetime) -> None:
        """Run the background work of the days before `end`, each task when it is due."""
        audit.act_as(None)
        while (due := min(_next_letter(), _next_digest())) <= end:
            with clock.travel(min(due + timedelta(seconds=1), clock.now())):
                self._compose_digests()
                if _next_letter() <= clock.now():
                    deliver_due(on_sent=self._report_letter)
        db.session.rollback()

    def close_windows(self) -> None:
        """Close the windows of campaigns up to now: those in which nothing was new were left out."""
        audit.act_as(None)
        self._compose_digests()

    def _begin(self, password: str) -> None:
        with clock.travel(instant(self._events[0]["at"]) - timedelta(days=7)):
            self._seeds.record_baseline(password)
            self._seeds.grant_on()
            self._seeds.grant_on(congress="caracas")
            self._report_ground()
            db.session.commit()

    def _record(self, *, verb: str, **event: Any) -> None:
        self._seeds.act_as(event.get("by", "ana"))
        getattr(self._seeds, verb)(**event)
        self._report(verb, event)

    def _compose_digests(self) -> None:
        for campaign_id in campaigns.due_for_digest():
            digest = digests.run(campaigns.get(campaign_id), digest_letters.render)
            if digest:
                articles = len(digest.items)
                self._report_line(f"{clock.now():%d %b %Y}  digest composed: {articles} articles wait for approval")
        db.session.commit()

    def _report_ground(self) -> None:
        congress = self._seeds.congresses["caracas"]
        self._report_line(f"{clock.now():%d %b %Y}  congress recorded: {congress.title}, {congress.locality}")
        self._report_line(
            f"{clock.now():%d %b %Y}  {len(self._seeds.delegations)} delegations recorded with their journeys"
        )

    def _report(self, verb: str, event: dict[str, Any]) -> None:
        day = f"{clock.now():%d %b %Y}"
        if verb == "record_problem":
            problem = self._seeds.problems[event["key"]]
            if problem.effect != Effect.NO_SERVICE:
                self._report_line(
                    f"{day}  warning recorded ({problem.reference or event['key']}): a warning hits no leg"
                )
                return
            impact = hits.impact(problem.congress_id, problem.id)
            self._report_line(
                f"{day}  closure recorded ({event['key']}) → {len(impact.delegation_ids)} delegations,"
                f" {impact.travelers} travelers, {len(impact.leg_ids)} legs hit; {impact.seats} seats at risk"
            )
        elif verb == "assign":
            self._report_line(
                f"{day}  {len(event['delegations'])} actions assigned to {event['assignee']}: {event['title']}"
            )
        elif verb == "approve_digest":
            self._report_line(f"{day}  digest approved by {event['by']} ({event['campaign']})")

    def _report_letter(self, kind: str, address: str, subject: str) -> None:
        self._report_line(f"{clock.now():%d %b %Y}    letter delivered [{kind}] {address}: {subject}")


def _next_letter() -> datetime:
    return db.session.scalar(select(func.min(Delivery.due_at)).where(*WAITING)) or THE_END


def _next_digest() -> datetime:
    """Return the next closing of a window with something new: a year has hundreds of others."""
    unsent = (
        select(Citation.id)
        .join(Subscription, Subscription.campaign_id == Citation.campaign_id)
        .where(
            Citation.campaign_id == Campaign.id,
            Citation.cited_at >= Subscription.covered_until,
            Subscription.status == SubscriptionStatus.CONFIRMED,
        )
    )
    return db.session.scalar(select(func.min(Campaign.next_digest_at)).where(unsent.exists())) or THE_END
