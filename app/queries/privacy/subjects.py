"""Who is to be erased, or told everything about herself: her numbers, names, addresses and phones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.subscriptions import AddressChange
from app.models.mobilizing.sign_ups import SignUp
from app.models.mobilizing.targets import Target
from app.models.people.merges import Merge, MergedId
from app.models.people.organizations import OrganizationContact
from app.models.people.other_names import OtherName
from app.models.people.people import ContactDetail, ContactType, Person, reached_by
from app.models.removing import REMOVED
from app.text import contact_key

_NUMBERS = (ContactType.PHONE, ContactType.WHATSAPP, ContactType.SIGNAL)


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, as the house knows her beyond her own row."""

    person_id: int
    person_ids: frozenset[int]
    """Her number, and those of the people who were merged into her."""
    names: frozenset[str]
    """Those of at least two words: a single one may be anybody's."""
    addresses: frozenset[str]
    """The email addresses that only she has."""
    shared: frozenset[str]
    """Her addresses that another person or an organization has, too: what is found by them may be of others."""
    phones: frozenset[str]
    """As they were typed."""

    all_names: frozenset[str]
    """Those of one word, too."""

    @property
    def phone_keys(self) -> frozenset[str]:
        """The phone numbers in the form in which they are compared."""
        return frozenset(map(contact_key, self.phones))

    @property
    def texts(self) -> frozenset[str]:
        """What only she is called and reached by."""
        return self.names | self.addresses | self.phones


def subject_of(person: Person) -> Subject:
    """Return a person with what belongs to her, in every scope, also if she was removed. Needs access to everything."""
    merged = db.session.scalars(
        select(MergedId.old_id).where(MergedId.table_name == "people", MergedId.new_id == person.id)
    )
    ids = frozenset({person.id, *merged})
    details = db.session.scalars(
        select(ContactDetail).where(ContactDetail.person_id == person.id), execution_options=REMOVED
    ).all()
    known = {one.value for one in details if one.is_email}
    known |= set(db.session.scalars(select(SignUp.email).where(SignUp.person_id == person.id))) - {None}  # type: ignore[arg-type]
    addresses = _with_changes(known)
    shared = _shared(addresses, person.id)
    phones, names = {one.text for one in details if one.type in _NUMBERS}, _names(person)
    return Subject(
        person.id, ids, frozenset(one for one in names if " " in one), frozenset(addresses - shared), frozenset(shared),
        frozenset(phones - _shared_phones(phones, person.id)), names,
    )  # fmt: skip


def accounts_at(subject: Subject) -> Sequence[User]:
    """Return the accounts with an address of hers, removed ones included."""
    found = select(User).where(User.email.in_(subject.addresses)).order_by(User.id)
    return db.session.scalars(found, execution_options=REMOVED).all()


def _names(person: Person) -> frozenset[str]:
    parts = [part for part in (person.given_name, person.family_name) if part]
    names = {" ".join(parts), " ".join(reversed(parts))}
    others = select(OtherName.name).where(OtherName.person_id == person.id)
    merged = select(Merge.merged_name).where(Merge.person_id == person.id)
    for found in (others, merged):
        names |= set(db.session.scalars(found, execution_options=REMOVED))
    return frozenset(" ".join(name.split()) for name in names)


def _with_changes(addresses: Collection[str]) -> set[str]:
    """Return addresses with those from which, or to which, a subscription was moved."""
    found, asked = set(addresses), set[str]()
    while asked != found:
        asked = set(found)
        moved = select(AddressChange.old_email, AddressChange.new_email).where(
            AddressChange.confirmed_at.is_not(None),
            AddressChange.undone_at.is_(None),
            or_(AddressChange.old_email.in_(asked), AddressChange.new_email.in_(asked)),
        )
        for pair in db.session.execute(moved):
            found |= set(pair)
    return found


def _shared(addresses: Collection[str], person_id: int) -> set[str]:
    others = (
        select(ContactDetail.value).where(ContactDetail.value.in_(addresses), ContactDetail.person_id != person_id),
        select(OrganizationContact.value).where(OrganizationContact.value.in_(addresses)),
        select(Target.email).where(Target.email.in_(addresses)),
    )
    return {str(one) for found in others for one in db.session.scalars(found, execution_options=REMOVED)}


def _shared_phones(phones: Collection[str], person_id: int) -> set[str]:
    others = select(ContactDetail).where(reached_by(*phones), ContactDetail.person_id != person_id)
    taken = {contact_key(one.text) for one in db.session.scalars(others, execution_options=REMOVED)}
    return {one for one in phones if contact_key(one) in taken}
