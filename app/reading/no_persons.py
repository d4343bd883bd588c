"""Recognizes what stands where an author does and is not a person: agencies, outlets, groups, companies, roles, buttons."""

import re
from functools import lru_cache

from app.reading.dates import is_calendar_word

_COMMAND = re.compile(
    r"^(?:read|learn|show|load|see|view|share|follow|subscribe|sign|click|watch|listen|find|print|get|more|contact|about|meet|join"
    r"|leer|ver|seguir|compartir|suscr\w+|ler|leia|lire|voir|partager|suivre)\b",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"\b(?:staff|admin\w*|editors?|editorial|editoriales|reda[cç]\w+|rédaction|réda|newsroom|news|desk|team|equipo|equipe|équipe|agenc\w+"
    r"|agências?|agences?|press|dispatch|observer|prensa|imprensa|presse|reuters|afp|efe|ap|ansa|lusa|xinhua|wires?|services?|contributors?|webmaster|users?"
    r"|authors?|autor(?:es)?|anonymous|anónimo|unknown|media|medios|noticias|notícias|journal|diario|jornal|magazine|revista|times|post|herald"
    r"|gazette|tribune|network|online|digital|communications?|comunicación|comunicação|correspond\w+|published|updated|views|comments?"
    r"|subscribe|inc|ltd|llc|gmbh|www|http\w*|com|org|net|unions?|sindicatos?|sindacat\w+|syndicat|federa\w+|fédération|confedera\w+|confédération"
    r"|foundation|fundación|fundação|fondation|institut\w*|associat\w+|associazion\w+|asociación|associação|committee|comit[éeê]|council|consejo|conselho"
    r"|coalition|coalición|coordinadora|collective|colectivo|coletivo|collectif|movement|movimiento|movimento|mouvement|party|partido|parti"
    r"|universi\w+|radio|rádio|televisi\w+|télévision|tv|channel|canal|projects?|proyecto|projeto|center|centre|centro|observatorio"
    r"|campaign|campaña|workers|trabajador[ea]s|trabalhador[ea]s|travailleurs|library|archives?|archivo|ediciones|books|blog|podcast"
    r"|company|corporation|group|grupo|facebook|twitter|instagram|youtube|telegram|whatsapp|linkedin|informa\w+|resumen|board|office"
    r"|s\.\s?[al]|s\.a\.s|sarl|ltda|verlag|éditions?|ed[iy]tora|productions?|producciones|produções|works|empresas?|studios?|estudios?"
    r"|commission|comisión|comissão|comité|section|sección|alliance|alianza|aliança|réseau|plataforma|plateforme|platform|league|ligue"
    r"|assembl\w+|asamblea|assembleia|agenda|redaktion|redazione|redacció|редакция"
    r"|al[ -](?:jazeera|mayadeen|arabiya|ahram|akhbar|manar|quds|monitor)"
    r"|ministry|ministerio|ministério|ministère|boletín|newsletter|weekly|semanario|daily|notes|today|now)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:(?:la|le|el|o|a|the)\s+)?(?:red|rede|rete|mesa|frente|foro|fórum|liga|club|casa|central|centrale|unidad|unión|unió|grupo|global"
    r"|banco|compañía|companhia|compagnie|seguros|servicios?|serviços?|v[ií]a|coordina\w+|bewegung|gewerkschaft|bündnis|verein"
    r"|iniciativa|initiative|espacio|espaço|partito|circolo|declaraci\w+|declaração|déclaration|comunicado|communiqué|statement|corresponsal\w+"
    r"|tomado|extra[ií]do|reproducid[oa]|fuente|fonte|source|quelle|источник|local)\s|^\w+['’]s\s",
    re.IGNORECASE,
)
"""First words of what is not a person. Some are family names too, but none is a given name."""

_COMPANY = re.compile(r"\b(?:SL|SAS|SA|SpA|BV|AG|PLC|AB|KG|Oy)\.?$")
_NO_PERSON_ELSEWHERE = re.compile(
    r"الجزيرة|وكال|مراسل|تحرير|صحيفة|شبكة|موقع|[社网網報报局部]$|新闻|新聞|編集|编辑|通信|기자단|뉴스"
)
_ACRONYM = re.compile(r"[A-Z]{2,7}|\w*[A-Z]{2,}\w*[a-z]\w*|\w*[a-z]\w*[A-Z]{2,}\w*")


def looks_like_no_person(text: str) -> bool:
    """Return whether a text names an organization, an outlet or a role, or is an acronym."""
    return bool(_NO_PERSON.search(text) or _ACRONYM.fullmatch(text))


@lru_cache(maxsize=1_000)
def is_no_person(part: str, publisher: str | None) -> bool:
    """Return whether a part of a byline is not a person; `publisher` is the outlet."""
    if (
        _NO_PERSON.search(part)
        or _GROUP.match(part)
        or _COMMAND.match(part)
        or all(is_calendar_word(word) for word in part.split())
    ):
        return True
    if _NO_PERSON_ELSEWHERE.search(part) or _COMPANY.search(part) or (" " not in part and _ACRONYM.fullmatch(part)):
        return True
    return bool(publisher) and (
        part.casefold() in (publisher or "").casefold()
        or bool(re.search(rf"\b{re.escape(publisher or '')}\b", part, re.IGNORECASE))
    )
