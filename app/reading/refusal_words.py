"""What servers say when they refuse an email, in several languages. All in lowercase, as parts of a sentence."""

UNKNOWN = (
    "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "no such address", "no such person",
    "no mailbox here", "mailbox not found", "mailbox unavailable", "mailbox unknown", "unknown mailbox", "does not exist", "doesn't exist",
    "not exist", "recipient not found", "recipient unknown", "unknown recipient", "user not found", "invalid recipient",
    "invalid mailbox", "address unknown", "unknown address", "address not found", "address couldn't be found",
    "wasn't found", "couldn't be found", "not a valid mailbox", "not a valid recipient", "unrouteable address", "unroutable address", "no longer available",
    "no longer valid", "no longer in use", "no longer exists", "account disabled", "account is disabled", "account closed",
    "account has been", "mailbox disabled", "mailbox is disabled", "mailbox is inactive", "account is inactive", "inactive user",
    "inactive mailbox", "host or domain name not found", "domain not found", "unknown domain", "does not accept mail",
    "nullmx", "nosuchuser", "recipnotfound", "recipientnotfound", "alias unknown", "unknown or illegal alias", "addressee unknown", "bad destination mailbox",
    "not listed in", "not our customer", "user doesn't have", "unknown local", "is not known here", "undeliverable address",
    "no account by that name", "user is terminated", "user not known", "final email delivery", "invalid final delivery", "no matches to nameserver", "not known at", "user account is expired", "address is not in use",
    # Spanish, Portuguese, French
    "usuario desconocido", "usuario no existe", "no existe", "buzón no encontrado", "buzón inexistente", "dirección inexistente",
    "destinatario desconocido", "destinatario no encontrado", "no se encontró", "no se ha encontrado", "usuário desconhecido",
    "usuário não existe", "não existe", "inexistente", "destinatário não encontrado", "não foi encontrado", "utilisateur inconnu",
    "adresse inconnue", "destinataire inconnu", "n'existe pas", "n’existe pas", "introuvable", "inexistante",
    # German, Italian, Dutch, Polish
    "empfänger unbekannt", "unbekannter empfänger", "unbekannter benutzer", "benutzer unbekannt", "existiert nicht",
    "nicht gefunden", "utente sconosciuto", "destinatario sconosciuto", "non esiste", "non trovato", "bestaat niet", "onbekende gebruiker",
    "nie istnieje", "nieznany",
    # Russian, Japanese, Chinese
    "не существует", "не найден", "нет такого", "存在しません", "見つかりません", "宛先不明", "不存在", "用户不存在", "找不到", "未找到",
)  # fmt: skip
"""There is no such address, or it is closed."""

FULL = (
    "quota", "mailbox full", "mailbox is full", "mailbox has exceeded", "inbox is full", "out of storage", "insufficient storage", "storage limit",
    "storage is full", "insufficient system storage", "mail box full", "too much mail data", "over its limit",
    "buzón lleno", "buzón está lleno", "cuota", "caixa postal cheia", "caixa cheia", "caixa de correio cheia", "boîte pleine", "boite pleine",
    "boîte aux lettres est pleine", "postfach voll", "postfach ist voll", "casella piena", "skrzynka pełna", "переполнен", "邮箱已满", "空间不足", "容量",
)  # fmt: skip
"""The mailbox is full."""

POLICY = (
    "spam", "unsolicited", "blocked", "block list", "blocklist", "blacklist", "black list", "denylist", "dnsbl", " rbl", "spamhaus",
    "spamcop", "barracuda", "reputation", "policy", "policies", "dmarc", "dkim", "spf", "unauthenticated", "authenticat", "relay", "reverse dns",
    "ptr record", "rdns", "rate limit", "ratelimit", "too many", "throttl", "greylist", "virus", "malware", "phish", "content",
    "sender rejected", "sender address", "sender verify", "sender denied", "bad sender", "not allowed to send", "access denied", "abuse", "banned",
    "suspicious", "message rejected", "message refused", "message size", "too large", "too big", "size limit", "prohibit", "not permitted",
    "permission", "not authorized", "client host", "helo", "ehlo", "your ip", "sending ip", "listed at", "listed by", "bulk mail",
    "política", "bloquead", "lista negra", "correo no deseado", "bloqué", "liste noire", "pourriel", "abgelehnt wegen", "blockiert", "спам", "垃圾",
    "迷惑メール",
)  # fmt: skip
"""It was refused because of the sender, the relay, or what the email is like."""

FAILED = (
    "undeliver", "non-delivery", "unable to deliver", "delivery status notification (failure)", "delivery failure", "delivery failed", "failure notice", "mail delivery failed",
    "returned mail", "returned to sender", "returning message to sender", "could not be delivered", "couldn't be delivered", "wasn't delivered", "not delivered",
    "delivery notification", "message failed", "mail system error", "unzustellbar", "nicht zugestellt", "nicht zustellbar", "no se puede entregar",
    "no se pudo entregar", "no entregado", "error de entrega", "fallo en la entrega", "devuelto", "não entregue", "não pôde ser entregue", "falha na entrega",
    "devolvid", "non remis", "non distribu", "échec de la remise", "n'a pas pu être remis", "mancato recapito", "non recapit", "impossibile recapitare",
    "onbestelbaar", "niet bezorgd", "niedostarcz", "не доставлен", "не удалось доставить", "недоставлен", "配信不能", "配信できません", "退信", "无法投递", "未送达",
)  # fmt: skip
"""The subject or the text of a report that an email was not delivered."""

DELAYED = (
    "delayed", "delay)", "still trying", "postponed", "advisory-only", "will be retried", "will retry", "keep trying", "continue to try", "not yet been delivered", "warning:", "no need to resend",
    "do not need to resend", "retrasad", "demorad", "se seguirá intentando", "atrasad", "adiad", "retardé", "en retard", "verzögert", "weiterhin versucht",
    "in ritardo", "vertraagd", "opóźni", "задерж", "задержк", "遅延", "延迟",
)  # fmt: skip
"""The subject or the text of a report that an email is late and still tried."""

AWAY = (
    "out of office", "out of the office", "automatic reply", "autoreply", "auto-reply", "auto reply", "autoresponse", "away from", "on vacation",
    "vacation reply", "on holiday", "on leave", "respuesta automática", "respuesta automatica", "fuera de la oficina", "ausente", "de vacaciones", "resposta automática",
    "fora do escritório", "ausência", "de férias", "réponse automatique", "absence du bureau", "absent du bureau", "en congé", "automatische antwort",
    "abwesenheit", "außer haus", "risposta automatica", "fuori ufficio", "fuori sede", "automatisch antwoord", "afwezig", "autoodpowiedź", "автоответ",
    "автоматический ответ", "вне офиса", "不在", "自動返信", "自动回复", "thank you for your message", "we received your message",
)  # fmt: skip
"""The subject of a reply that a program writes while somebody is away."""
