"""Digests to many members: rendered and encoded once for all who get the same, then filled in for each."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.emails.campaigns import digests as digest_letters
from app.extensions import db
from app.mailer.message import template_of
from app.mailer.template import Template
from app.models.campaigns.digests import DigestPart
from app.queries.mail import digest_letters as letter_queries
from app.queries.mail.digest_letters import MemberLetter
from app.queries.privacy import suppressions

_PLAIN = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+")
"""Addresses that need no closer look, as nearly all are."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A message for one member."""

    address: str
    subject: str
    content: bytes
    part_id: int
    """What is the same for all who get the same."""


class DigestBatch:
    """The digests among the emails that a worker has claimed, and what is rendered for those who get the same."""

    def __init__(self, sender: str) -> None:
        self._sender = sender
        self._sign = digest_letters.signer()
        self._letters: dict[int, MemberLetter] = {}
        self._suppressed: set[str] = set()
        self._latest = 0
        """The latest suppression that it contains."""
        self._templates: dict[int, tuple[str, Template]] = {}

    def add(self, delivery_ids: Collection[int]) -> None:
        """Read what is needed for the digests among more emails, instead of those before."""
        found = letter_queries.rendered(delivery_ids)
        self._letters = {one.delivery_id: one for one in found if _PLAIN.fullmatch(one.email)}
        self._latest = suppressions.latest()
        self._suppressed = suppressions.among({one.email for one in self._letters.values()})
        for one in {letter.part_id: letter for letter in self._letters.values()}.values():
            if one.part_id not in self._templates:
                self._templates[one.part_id] = self._template(one)

    def follow(self) -> None:
        """Leave out those whose address has been suppressed since."""
        latest = suppressions.latest()
        if latest != self._latest:
            self._latest = latest
            self._suppressed = suppressions.among({one.email for one in self._letters.values()})

    def __contains__(self, delivery_id: int) -> bool:
        """Return whether an email is one of them; others are composed one by one."""
        return delivery_id in self._letters

    def filled(self, delivery_id: int) -> Filled | None:
        """Return the message of a delivery, or None if the member must not get it."""
        one = self._letters[delivery_id]
        if not one.is_confirmed or one.email in self._suppressed:
            return None
        subject, template = self._templates[one.part_id]
        token = self._sign(one.campaign_id, one.subscription_id, one.link_number)
        content = template.filled({"recipient": one.email, "message_id": one.message_id, "token": token})
        return Filled(one.email, subject, content, one.part_id)

    def _template(self, one: MemberLetter) -> tuple[str, Template]:
        part = db.session.get_one(DigestPart, one.part_id)
        letter = digest_letters.for_all(part, one.campaign_id)
        return part.subject, template_of(letter, sender=self._sender, placeholders={"token": digest_letters.TOKEN})
