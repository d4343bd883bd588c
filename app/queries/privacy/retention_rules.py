"""The registry of what is kept for how long: one rule for each kind of data.

A rule says which columns are emptied or which rows are deleted, when they are due, from which instant the period is
counted, how long it is by default, and in which fields of forms the data is typed. Everything else follows from it: the
nightly sweep, the counts of the dry run, the page, the command, and the line below each field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect

from app.models.actions.attachments import Attachment
from app.models.actions.follow_ups import FollowUp
from app.models.actions.parts import FollowUpComment
from app.models.campaigns.subscriptions import AddressChange, Subscription
from app.models.imports.imports import Import
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.oversight.lines import LogValues
from app.models.people.custom_fields import CustomValue
from app.models.people.interactions import Interaction
from app.models.people.other_names import NameKind, OtherName
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.privacy.retention import CountedFrom, RetentionKind
from app.models.travel.check_ins import CheckIn, GivenAnswer, HelpCall
from app.models.travel.journeys import Leg
from app.queries.privacy import retention_due
from app.queries.privacy.retention_due import Due


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table that a kind of data is in."""

    model: Any
    due: Due
    emptied: Mapping[str, Any] | None = None
    """The columns that are emptied, with what is left in them; None if the rows are deleted."""
    record: tuple[Any, str] | None = None
    """The record whose history tells it: its model, and the column of the row that has its id."""
    fact: str = ""
    """What the history calls it."""

    @property
    def key(self) -> Any:
        """The attribute of its model that is the primary key."""
        mapper = inspect(self.model)
        return mapper.get_property_by_column(mapper.primary_key[0]).class_attribute


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a kind of data is kept."""

    days: int | None
    """The period by default; None if it has no end."""
    counted: CountedFrom
    parts: tuple[Part, ...]
    typed_in: frozenset[tuple[str, str]] = field(default=frozenset())
    """The fields in which people type it: the class of the form with its module below `app.forms`, and the field.

    A name that ends with `_` stands for all that begin with it.
    """


def _typed(*fields: str) -> frozenset[tuple[str, str]]:
    return frozenset((form, name) for form, _, name in (one.rpartition(".") for one in fields))


_PERSON = (Person, "person_id")
_ADDRESSES: Mapping[str, Any] = {"email": None, "phone": None}
_SIGNED_UP: Mapping[str, Any] = {
    **_ADDRESSES, "name": "", "organization_name": None, "locality": None, "details": {}, "decision_reason": None,
}  # fmt: skip
_KIND, _FROM, _DUE = RetentionKind, CountedFrom, retention_due
_PASSPORT_NAME, _NO_ADDRESS = OtherName.kind == NameKind.PASSPORT, ContactDetail.type != ContactType.EMAIL


RULES: Mapping[RetentionKind, Rule] = {
    _KIND.NATIONALITIES: Rule(
        30, _FROM.TAKING_PART,
        (
            Part(
                Person, _DUE.nationality, {"nationality": None, "nationality_digest": None},
                (Person, "id"), "nationality",
            ),
        ),
        _typed("people.people.PersonForm.nationality"),
    ),
    _KIND.PASSPORT_NAMES: Rule(
        30, _FROM.TAKING_PART,
        (Part(OtherName, _DUE.of_people_taking_part(OtherName, _PASSPORT_NAME), None, _PERSON, "other_names"),),
        _typed("people.other_names.OtherNameForm.name"),
    ),
    _KIND.ANSWER_NOTES: Rule(
        90, _FROM.CONGRESS,
        tuple(Part(one, _DUE.answered(one), {"note": None}) for one in (CheckIn, GivenAnswer)),
        _typed(*(f"travel.check_ins.{form}.note" for form in ("HelpForm", "PhoneReportForm", "AnswerForm"))),
    ),
    _KIND.HELP_NOTES: Rule(
        90, _FROM.CONGRESS, (Part(HelpCall, _DUE.closed_help_call, {"closing_note": None}),),
        _typed("travel.check_ins.CloseForm.note"),
    ),
    _KIND.BOOKING_REFERENCES: Rule(
        180, _FROM.CONGRESS,
        (Part(Leg, _DUE.booked, {"booking_reference": None}, (Leg, "id"), "booking_reference"),),
        _typed("travel.legs.LegForm.booking_reference", "travel.leg_batches.LegStatusesForm.booking_reference"),
    ),
    _KIND.CONTACT_DETAILS: Rule(
        365, _FROM.TAKING_PART_OR_CHANGE,
        (Part(ContactDetail, _DUE.of_people_needed(ContactDetail, _NO_ADDRESS), None, _PERSON, "contact_details"),),
        _typed("people.people.PersonForm.phone", "people.contact_details.ContactDetailForm.value"),
    ),
    _KIND.OWN_FIELDS: Rule(
        365, _FROM.TAKING_PART_OR_CHANGE,
        (Part(CustomValue, _DUE.of_people_needed(CustomValue), None, _PERSON, "custom_values"),),
        _typed("people.people.PersonForm.custom_"),
    ),
    _KIND.PEOPLE: Rule(
        730, _FROM.TAKING_PART_OR_CHANGE, (Part(Person, _DUE.people),)
    ),
    _KIND.INTERACTION_NOTES: Rule(
        1095, _FROM.PLACE, (Part(Interaction, _DUE.said, {"body": None}, (Interaction, "id"), "body"),),
        _typed("people.interactions.InteractionForm.body"),
    ),
    _KIND.ACTION_NOTES: Rule(
        1095, _FROM.PLACE,
        (
            Part(FollowUp, _DUE.closed_action, {"note": None}, (FollowUp, "id"), "note"),
            Part(FollowUpComment, _DUE.of_closed_action(FollowUpComment)),
        ),
        _typed(
            "actions.follow_ups.FollowUpForm.note", "actions.parts.CommentForm.body", "actions.attachments.ReportForm.body"
        ),
    ),
    _KIND.ATTACHMENTS: Rule(
        365, _FROM.PLACE,
        (Part(Attachment, _DUE.of_closed_action(Attachment), None, (FollowUp, "follow_up_id"), "files"),),
        _typed("actions.attachments.AttachmentForm.file", "actions.attachments.ReportForm.file"),
    ),
    _KIND.ATTENDANCES: Rule(
        90, _FROM.MOBILIZATION, (Part(SignUp, _DUE.attending, _SIGNED_UP),),
        _typed("mobilizing.sign_ups.SignUpForm.email", "mobilizing.sign_ups.SignUpForm.phone"),
    ),
    _KIND.MOBILIZATION_CONTACTS: Rule(
        90, _FROM.MOBILIZATION,
        (Part(Mobilization, _DUE.with_contact, {"contact": None}, (Mobilization, "id"), "contact"),),
        _typed("mobilizing.placing.Described.contact"),
    ),
    _KIND.SIGNATURES: Rule(
        90, _FROM.CLOSING, (Part(SignUp, _DUE.signing, _ADDRESSES),),
        _typed("mobilizing.signatures.SignatureForm.email", "mobilizing.signatures.SignatureForm.phone"),
    ),
    _KIND.ENDORSEMENTS: Rule(
        90, _FROM.CAMPAIGN, (Part(SignUp, _DUE.of_campaign(SignUpKind.ENDORSE), _ADDRESSES),),
        _typed("mobilizing.sign_ups.MandateForm.email", "mobilizing.sign_ups.MandateForm.phone"),
    ),
    _KIND.BRIGADE_REQUESTS: Rule(
        90, _FROM.CAMPAIGN, (Part(SignUp, _DUE.of_campaign(SignUpKind.JOIN), _SIGNED_UP),),
        _typed("mobilizing.joining.JoinForm.email", "mobilizing.joining.JoinForm.phone"),
    ),
    _KIND.ENDED_SUBSCRIPTIONS: Rule(30, _FROM.CAMPAIGN, (Part(Subscription, _DUE.ended_subscription),)),
    _KIND.UNCONFIRMED_SUBSCRIPTIONS: Rule(30, _FROM.REQUEST, (Part(Subscription, _DUE.unconfirmed),)),
    _KIND.SUBSCRIPTIONS: Rule(
        730, _FROM.CAMPAIGN, (Part(Subscription, _DUE.subscribed),), _typed("campaigns.subscriptions.SubscribeForm.email")
    ),
    _KIND.ADDRESS_CHANGES: Rule(
        60, _FROM.REQUEST, (Part(AddressChange, _DUE.changed_address),),
        _typed("campaigns.subscriptions.AddressForm.email"),
    ),
    _KIND.DELIVERIES: Rule(730, _FROM.SENDING, (Part(Delivery, _DUE.sent),)),
    _KIND.MAILBOX_LETTERS: Rule(90, _FROM.SENDING, (Part(MailboxLetter, _DUE.received),)),
    _KIND.IMPORT_SAMPLES: Rule(
        30, _FROM.UPLOAD, (Part(Import, _DUE.imported, {"samples": [], "top": [], "unknown": {}}),)
    ),
    _KIND.LOG_VALUES: Rule(730, _FROM.CHANGE, (Part(LogValues, _DUE.logged),)),
}  # fmt: skip
"""All kinds, in the order in which they are shown."""
