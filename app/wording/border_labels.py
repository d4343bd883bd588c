"""Labels that travelers read on border cards; they are translated into all member languages."""

from app.models.travel.border_facts import ContactKind, EntryRequirement, NoteTopic
from app.models.travel.check_ins import Answer
from app.models.travel.places import Mode
from app.models.travel.problems import Effect
from app.text import N_

BORDER_LABELS = (
    (Mode.AIR, N_("by air")),
    (Mode.RAIL, N_("by rail")),
    (Mode.ROAD, N_("by road")),
    (Mode.SEA, N_("by sea")),
    (Mode.RIVER, N_("by river")),
    (Mode.FOOT, N_("on foot")),
    (Effect.NO_SERVICE, N_("closed or impossible")),
    (Effect.REDUCED_SERVICE, N_("fewer departures")),
    (Effect.SIGNIFICANT_DELAYS, N_("long delays")),
    (Effect.DETOUR, N_("detours")),
    (Effect.MODIFIED_SERVICE, N_("changed timetable or route")),
    (Effect.ADDITIONAL_SERVICE, N_("extra departures")),
    (Effect.STOP_MOVED, N_("stop or station moved")),
    (Effect.OTHER_EFFECT, N_("other")),
    (Effect.UNKNOWN_EFFECT, N_("unknown")),
    (Effect.NO_EFFECT, N_("no effect on travel")),
    (Answer.SAFE, N_("safe")),
    (Answer.NEED_HELP, N_("needs help")),
    (EntryRequirement.NOT_NEEDED, N_("no visa needed")),
    (EntryRequirement.ON_ARRIVAL, N_("visa on arrival")),
    (EntryRequirement.ELECTRONIC, N_("electronic visa or authorization, before travel")),
    (EntryRequirement.BEFORE_TRAVEL, N_("visa needed before travel")),
    (EntryRequirement.REFUSED, N_("entry refused")),
    (EntryRequirement.NOT_KNOWN, N_("not known: check")),
    (ContactKind.EMERGENCY, N_("emergency number")),
    (ContactKind.EMBASSY, N_("embassy")),
    (ContactKind.CONSULATE, N_("consulate")),
    (ContactKind.HELP, N_("help for travelers")),
    (NoteTopic.DOCUMENTS, N_("documents")),
    (NoteTopic.MONEY, N_("money")),
    (NoteTopic.FORMALITIES, N_("formalities")),
    (NoteTopic.REPORT, N_("report of a traveler")),
    (NoteTopic.OTHER, N_("other")),
)
