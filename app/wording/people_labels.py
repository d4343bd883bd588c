"""Labels of enum members about people and organizations."""

from enum import StrEnum

from app.matching.comparing import Decision
from app.models.people.affiliations import AffiliationKind
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.interactions import Initiative, InteractionKind
from app.models.people.organizations import Classification
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType
from app.models.people.relations import RelationKind
from app.text import N_

PEOPLE_LABELS: tuple[tuple[StrEnum, str], ...] = (
    (RecordKind.PERSON, N_("People")),
    (RecordKind.ORGANIZATION, N_("Organizations")),
    (FieldKind.TEXT, N_("text")),
    (FieldKind.CHOICE, N_("choice of one")),
    (FieldKind.DATE, N_("date")),
    (FieldKind.NUMBER, N_("number")),
    (FieldKind.YES_NO, N_("yes or no")),
    (FieldKind.ASSESSMENT, N_("assessment in steps")),
    (Classification.UNION, N_("union")),
    (Classification.TEACHERS_UNION, N_("teachers’ union")),
    (Classification.FEDERATION, N_("federation")),
    (Classification.CONFEDERATION, N_("confederation")),
    (Classification.SOCIAL_MOVEMENT, N_("social movement")),
    (Classification.COMMUNE, N_("commune")),
    (Classification.PEASANT_ORGANIZATION, N_("peasant organization")),
    (Classification.PRESS, N_("press")),
    (Classification.OTHER, N_("other")),
    (ContactType.EMAIL, N_("Email address")),
    (ContactType.PHONE, N_("Phone")),
    (ContactType.SIGNAL, N_("Signal")),
    (ContactType.WHATSAPP, N_("WhatsApp")),
    (ContactType.THROUGH, N_("Through someone else")),
    (ContactType.OTHER, N_("Other contact")),
    (AffiliationKind.MEMBER, N_("member")),
    (AffiliationKind.SECTION, N_("section")),
    (AffiliationKind.COALITION, N_("coalition partner")),
    (AffiliationKind.OBSERVER, N_("observer")),
    (Decision.SURE, N_("almost certain")),
    (Decision.LIKELY, N_("likely")),
    (NameKind.PASSPORT, N_("in the passport")),
    (NameKind.BADGE, N_("on the badge")),
    (NameKind.SCRIPT, N_("in another script")),
    (NameKind.FORMER, N_("formerly")),
    (InteractionKind.CALL, N_("call")),
    (InteractionKind.VISIT, N_("visit")),
    (InteractionKind.MEETING, N_("meeting")),
    (InteractionKind.LETTER, N_("letter")),
    (InteractionKind.EMAIL, N_("email")),
    (InteractionKind.MESSAGE, N_("message")),
    (InteractionKind.OTHER, N_("other contact")),
    (Initiative.OURS, N_("we got in touch")),
    (Initiative.THEIRS, N_("they got in touch")),
    (RelationKind.COLLEAGUE, N_("colleague of")),
    (RelationKind.FAMILY, N_("family of")),
    (RelationKind.FRIEND, N_("friend of")),
    (RelationKind.SUPERVISOR, N_("supervisor of")),
    (RelationKind.REPORTS_TO, N_("reports to")),
    (RelationKind.ASSISTANT, N_("assistant of")),
    (RelationKind.ASSISTED_BY, N_("assisted by")),
    (RelationKind.INTERPRETER, N_("interpreter for")),
    (RelationKind.INTERPRETED_BY, N_("interpreted by")),
    (RelationKind.REFERS_TO, N_("refers to")),
    (RelationKind.REFERRED_BY, N_("referred by")),
    (RelationKind.OTHER, N_("related to")),
    (NameKind.KNOWN_AS, N_("also known as")),
)
