"""Emails that come back, as mail servers of many kinds write them: made up here after their usual shapes.

The list was split before anything was tuned: every second one was read only once the others were right.
"""

from dataclasses import dataclass

SENT_TO = "rosa.luz@example.net"
TO = "bounces+token@news.example.org"


@dataclass(frozen=True)
class Case:
    """An email, what it is, and why the other one was not delivered."""

    name: str
    raw: bytes
    came: str
    cause: str = ""


def report(name, came, cause="", *, status="5.1.1", says="", action="failed", subject="Undelivered Mail Returned to Sender",
           sender="MAILER-DAEMON@mx.example.net (Mail Delivery System)", text="The mail could not be delivered.", headers="", charset="utf-8",
           returned="message/rfc822", groups=None):  # fmt: skip
    """Return a report of the standard (RFC 3464)."""
    diagnostic = f"Diagnostic-Code: smtp; {says}\n" if says else ""
    groups = (
        groups
        or f"Final-Recipient: rfc822; {SENT_TO}\nOriginal-Recipient: rfc822;{SENT_TO}\nAction: {action}\nStatus: {status}\nRemote-MTA: dns; mx.example.net\n{diagnostic}"
    )
    raw = (
        f"Return-Path: <>\nFrom: {sender}\nTo: {TO}\nSubject: {subject}\nMessage-ID: <{name.encode().hex()}@mx.example.net>\nAuto-Submitted: auto-replied\n{headers}"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n boundary="=_b1"\n\nThis is MIME.\n\n'
        f"--=_b1\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    ).encode() + text.encode(charset) + (
        f"\n\n--=_b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\nArrival-Date: Tue, 1 Dec 2026 01:00:00 +0000\n\n{groups}\n"
        f"--=_b1\nContent-Type: {returned}\n\nReturn-Path: <{TO}>\nFrom: casa@news.example.org\nTo: {SENT_TO}\nSubject: Weekly digest\n\nText of the digest.\n\n--=_b1--\n"
    ).encode()  # fmt: skip
    return Case(name, raw, came, cause)


def letter(
    name,
    came,
    cause="",
    *,
    text="",
    subject="failure notice",
    sender="MAILER-DAEMON@mx.example.net",
    headers="Return-Path: <>\n",
    charset="utf-8",
    kind="plain",
):
    """Return a letter of one part."""
    top = (
        f"{headers}From: {sender}\nTo: {TO}\nSubject: {subject}\nMessage-ID: <{name.encode().hex()}@mx.example.net>\nMIME-Version: 1.0\n"
        f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return Case(name, top.encode() + text.encode(charset), came, cause)


def feedback(name, came, kind, *, inner=True):
    """Return a report of feedback (RFC 5965)."""
    original = (
        f"--=_f\nContent-Type: message/rfc822\n\nReturn-Path: <{TO}>\nFrom: casa@news.example.org\nSubject: Weekly digest\n\nText.\n\n"
        if inner
        else ""
    )
    raw = (
        "Return-Path: <fbl@provider.example>\nFrom: feedback@provider.example\nTo: abuse@news.example.org\nSubject: FW: Weekly digest\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="=_f"\n\n--=_f\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n'
        f"--=_f\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Mail-From: <{TO}>\n"
        f"Arrival-Date: Tue, 1 Dec 2026 01:00:00 +0000\n\n{original}--=_f--\n"
    )
    return Case(name, raw.encode(), came)


QMAIL = "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
EXIM = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  "
B, N, A, R, C, U = "bounce", "notice", "automatic", "reply", "complaint", "unreadable"
EXCHANGE = "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net>"
GMAIL = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"

CASES = [
    report("postfix, no such user", B, "hard", says=f"550 5.1.1 <{SENT_TO}>: Recipient address rejected: User unknown in virtual mailbox table"),
    report("postfix, no such user, in local table", B, "hard", says=f"550 5.1.1 <{SENT_TO}>: Recipient address rejected: User unknown in local recipient table"),
    report("postfix, no such domain", B, "hard", status="5.4.4", says="Host or domain name not found. Name service error for name=example.net type=A: Host not found"),
    report("postfix, null mx", B, "hard", status="5.1.0", says="Domain example.net does not accept mail (nullMX)"),
    report("postfix, full", B, "soft", status="5.2.2", says="552 5.2.2 Mailbox full"),
    report("postfix, quota without a code", B, "soft", status="5.0.0", says="552 Requested mail action aborted: exceeded storage allocation, quota exceeded"),
    report("postfix, given up after days", B, "soft", status="4.4.1", says="connect to mx.example.net[192.0.2.1]:25: Connection timed out"),
    report("postfix, given up after days of busy", B, "soft", status="4.3.2", says="452 4.3.2 Connection rate exceeded system not accepting network messages"),
    report("postfix, delayed", N, action="delayed", status="4.4.1", subject="Delayed Mail (still being retried)", says="connect to mx.example.net: Connection refused"),
    report("postfix, delayed by greylisting", N, action="delayed", status="4.7.1", subject="Delayed Mail (still being retried)", says="450 4.7.1 Greylisted"),
    report("postfix, blocked by a list", B, "refused", status="5.7.1", says="554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org"),
    report("postfix, relay denied", B, "refused", status="5.7.1", says=f"554 5.7.1 <{SENT_TO}>: Relay access denied"),
    report("postfix, too large", B, "refused", status="5.3.4", says="552 5.3.4 Message size exceeds fixed limit"),
    report("postfix, too large for the recipient", B, "refused", status="5.2.3", says="552 5.2.3 Message length exceeds administrative limit"),
    report("postfix, delivered", N, action="delivered", status="2.0.0", subject="Successful Mail Delivery Report"),
    report("postfix, relayed", N, action="relayed", status="2.0.0", subject="Successful Mail Delivery Report"),
    report("gmail, no such user", B, "hard", sender=GMAIL, subject="Delivery Status Notification (Failure)", says="550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser d9 - gsmtp"),
    report("gmail, inactive", B, "hard", sender=GMAIL, subject="Delivery Status Notification (Failure)", status="5.2.1", says="550 5.2.1 The email account that you tried to reach is inactive. https://support.google.com/mail/?p=DisabledUser"),
    report("gmail, over quota", B, "soft", sender=GMAIL, status="5.2.2", says="552 5.2.2 The recipient's inbox is out of storage space and inactive. https://support.google.com/mail/?p=OverQuotaPerm"),
    report("gmail, receives too fast", B, "soft", sender=GMAIL, status="4.2.1", says="450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages"),
    report("gmail, unauthenticated", B, "refused", sender=GMAIL, status="5.7.26", says="550-5.7.26 Your email has been blocked because the sender is unauthenticated. SPF and DKIM did not pass"),
    report("gmail, unsolicited", B, "refused", sender=GMAIL, status="5.7.1", says="550-5.7.1 [192.0.2.9] Our system has detected that this message is likely unsolicited mail"),
    report("gmail, spanish", B, "hard", sender=GMAIL, subject="=?UTF-8?Q?Notificaci=C3=B3n_de_estado_de_entrega_(Error)?=", text="** No se ha encontrado la dirección **\n\nTu mensaje no se ha entregado.", status="5.1.1", says="550 5.1.1 The email account that you tried to reach does not exist."),
    report("gmail, domain gone", B, "hard", sender=GMAIL, status="5.1.2", says="DNS Error: DNS type 'mx' lookup of example.net responded with code NXDOMAIN Domain name not found: example.net"),
    report("exchange, not found", B, "hard", sender=EXCHANGE, subject="Undeliverable: Weekly digest", status="5.1.10", says="550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
    report("exchange, access denied for unknown", B, "hard", sender=EXCHANGE, subject="Undeliverable: Weekly digest", status="5.4.1", says="550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB3EUR04FT016.eop]"),
    report("exchange, full", B, "soft", sender=EXCHANGE, subject="No se puede entregar: Weekly digest", status="5.2.2", says="554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"),
    report("exchange, only for members of a group", B, "refused", sender=EXCHANGE, subject="Undeliverable: Weekly digest", status="5.7.1", says="550 5.7.1 RESOLVER.RST.AuthRequired; authentication required"),
    report("exchange, restricted recipient", B, "refused", sender=EXCHANGE, subject="Unzustellbar: Weekly digest", status="5.7.133", says="550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; not allowed to send to this group"),
    report("exchange, banned sender", B, "refused", sender=EXCHANGE, status="5.7.606", says="550 5.7.606 Access denied, banned sending IP [192.0.2.9]"),
    report("exchange, expired", B, "soft", sender=EXCHANGE, subject="Undeliverable: Weekly digest", status="4.4.7", says="550 4.4.7 QUEUE.Expired; message expired"),
    report("exchange, german", B, "hard", sender=EXCHANGE, subject="Unzustellbar: Weekly digest", charset="iso-8859-1", text="Die eingegebene E-Mail-Adresse konnte nicht gefunden werden. Überprüfen Sie die Empfängeradresse.", status="5.1.1", says="550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"),
    report("outlook.com, no mailbox", B, "hard", status="5.5.0", says="550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."),
    report("outlook.com, blocked", B, "refused", status="5.7.1", says="550 5.7.1 Unfortunately, messages from [192.0.2.9] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140)."),
    report("yahoo, unknown", B, "hard", status="5.0.0", says="554 delivery error: dd This user doesn't have a yahoo.com account (rosa.luz@example.net) [0] - mta1.mail.yahoo.com"),
    report("yahoo, policy", B, "refused", status="5.7.9", says="554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes"),
    report("sendmail, unknown", B, "hard", subject="Returned mail: see transcript for details", text="   ----- The following addresses had permanent fatal errors -----\n<rosa.luz@example.net>\n    (reason: 550 5.1.1 <rosa.luz@example.net>... User unknown)", says="550 5.1.1 <rosa.luz@example.net>... User unknown"),
    report("sendmail, warning", N, action="delayed", status="4.4.1", subject="Warning: could not send message for past 4 hours", text="**      THIS IS A WARNING MESSAGE ONLY      **\n**  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **"),
    report("no diagnostic, only text", B, "hard", status="5.0.0", text=f"<{SENT_TO}>: mailbox does not exist"),
    report("no diagnostic and only a code in the text", B, "hard", status="5.0.0", text=f"{SENT_TO}\nhost mx.example.net said:\n550 5.1.1 Recipient unknown"),
    report("nothing is said", B, "soft", status="5.0.0", text="The following message was not delivered."),
    report("nothing is said, with another word for failed", B, "soft", status="5.0.0", action="Failed (permanently)", text="Sorry."),
    report("several recipients of an alias, one failed", N, groups="Final-Recipient: rfc822; one@example.net\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; two@example.net\nAction: delivered\nStatus: 2.0.0\n"),
    report("several recipients of an alias, all failed", B, "hard", groups="Final-Recipient: rfc822; one@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\nFinal-Recipient: rfc822; two@example.net\nAction: failed\nStatus: 5.1.1\n"),
    report("only headers are returned", B, "hard", returned="text/rfc822-headers", says="550 5.1.1 No such user here"),
    report("global headers", B, "hard", returned="message/global-headers", says="550 5.1.1 No such user here"),
    report("qq, chinese", B, "hard", subject="=?utf-8?B?6YCA5L+h?=", text="收件人邮箱不存在", status="5.0.0", says="550 Mailbox unavailable or access denied"),
    report("mail.ru", B, "hard", status="5.0.0", says="550 Message was not accepted -- invalid mailbox.  Local mailbox rosa.luz@example.net is unavailable: user not found"),
    report("portuguese", B, "soft", status="5.2.2", subject="=?utf-8?Q?Falha_na_entrega?=", text="A caixa postal do destinatário está cheia", says="552 5.2.2 caixa postal cheia"),
    report("orange, french", B, "hard", status="5.1.1", subject="=?utf-8?Q?Message_non_distribu=C3=A9?=", text="L'adresse est inconnue", says="550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416"),
    letter("qmail, unknown", B, "hard", text=QMAIL + f"<{SENT_TO}>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message."),
    letter("qmail, no mailbox here", B, "hard", text=QMAIL + f"<{SENT_TO}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message."),
    letter("qmail, too long in the queue", B, "soft", text=QMAIL + f"<{SENT_TO}>:\nI'm not going to try again; this message has been in the queue too long. (#4.4.1)\n\n--- Below this line is a copy of the message."),
    letter("qmail, full", B, "soft", text=QMAIL + f"<{SENT_TO}>:\nThe user's mailbox is full. (#5.2.2)\n\n--- Below this line is a copy of the message."),
    letter("exim, old", B, "hard", subject="Mail delivery failed: returning message to sender", headers=f"Return-Path: <>\nX-Failed-Recipients: {SENT_TO}\n", text=EXIM + f"{SENT_TO}\n    SMTP error from remote mail server after RCPT TO:<{SENT_TO}>:\n    host mx.example.net [192.0.2.1]: 550 5.1.1 No such user\n"),
    letter("exim, unrouteable", B, "hard", subject="Mail delivery failed: returning message to sender", headers=f"Return-Path: <>\nX-Failed-Recipients: {SENT_TO}\n", text=EXIM + f"{SENT_TO}\n    Unrouteable address\n"),
    letter("exim, blocked", B, "refused", subject="Mail delivery failed: returning message to sender", headers=f"Return-Path: <>\nX-Failed-Recipients: {SENT_TO}\n", text=EXIM + f"{SENT_TO}\n    host mx.example.net [192.0.2.1]: 550 rejected because 192.0.2.9 is in a black list at bl.example\n"),
    letter("exim, over quota for days", B, "soft", subject="Mail delivery failed: returning message to sender", headers=f"Return-Path: <>\nX-Failed-Recipients: {SENT_TO}\n", text=EXIM + f"{SENT_TO}\n    mailbox is full: retry timeout exceeded\n"),
    letter("exim, warning", N, subject="Warning: message 1abc delayed 24 hours", sender="Mail Delivery System <Mailer-Daemon@mx.example.net>", text=f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  {SENT_TO}\n\nNo action is required on your part. Delivery attempts will continue."),
    letter("a provider that writes html", B, "hard", kind="html", subject="Undeliverable mail", text=f"<html><body><p>Your message to <b>{SENT_TO}</b> couldn't be delivered.</p><p>Remote server returned 550 5.1.1 user unknown</p></body></html>"),
    letter("groupwise", B, "hard", subject="Message status - undeliverable", sender="postmaster@example.net", text="The message that you sent was undeliverable to the following:\n\trosa.luz@example.net (user not found)\n"),
    letter("italian", B, "hard", subject="Mancato recapito", sender="Postmaster <postmaster@example.net>", charset="iso-8859-15", text=f"Il messaggio per {SENT_TO} non è stato recapitato: utente sconosciuto"),
    letter("russian in its own charset", B, "hard", subject="Undelivered mail", charset="koi8-r", text=f"Письмо для {SENT_TO} не доставлено: такой адрес не существует"),
    letter("an unusual header", B, "hard", headers="Return-Path: <>\nX-Mailer: odd\n", text=f"Delivery to {SENT_TO} failed: no such user"),
    feedback("complaint", C, "abuse"),
    feedback("complaint without the email", C, "abuse", inner=False),
    feedback("somebody says that it is no spam", N, "not-spam"),
    feedback("a report about authentication", N, "auth-failure"),
    letter("vacation, rfc 3834", A, subject="Re: Weekly digest", sender=f"Rosa Luz <{SENT_TO}>", headers="Return-Path: <>\nAuto-Submitted: auto-replied (vacation)\n", text="I am away until Monday."),
    letter("vacation that speaks of failures", A, subject="Automatic reply: Weekly digest", sender=f"Rosa Luz <{SENT_TO}>", headers="Return-Path: <>\nX-Auto-Response-Suppress: All\n", text="My old address does not exist any more; mail to it could not be delivered (550 5.1.1). Write to me here."),
    letter("vacation, spanish, without headers", A, subject="Respuesta automática: Boletín", sender=f"Rosa Luz <{SENT_TO}>", headers=f"Return-Path: <{SENT_TO}>\n", text="Estoy de vacaciones."),
    letter("vacation, french, old header", A, subject="Absence", sender=f"Rosa Luz <{SENT_TO}>", headers=f"Return-Path: <{SENT_TO}>\nX-Autoreply: yes\nPrecedence: bulk\n", text="Je suis en congé."),
    letter("a ticket system", A, subject="[#123] We received your message", sender="help@example.net", headers="Return-Path: <help@example.net>\nAuto-Submitted: auto-generated\n", text="Your request was received."),
    letter("a challenge", A, subject="Please confirm that you are no robot", sender="confirm@example.net", headers="Return-Path: <>\nPrecedence: auto_reply\n", text="Click here, otherwise your message is not delivered."),
    letter("a reply", R, subject="Re: Weekly digest", sender=f"Rosa Luz <{SENT_TO}>", headers=f"Return-Path: <{SENT_TO}>\nIn-Reply-To: <x@news.example.org>\n", text="Thank you! My neighbor's mail to you failed: 550 5.1.1 user unknown. Please look."),
    letter("a reply that asks to be removed", R, subject="unsubscribe", sender=f"Rosa Luz <{SENT_TO}>", headers=f"Return-Path: <{SENT_TO}>\n", text="Please take me off the list."),
    letter("a person forwards a failure", R, subject="Fwd: Undelivered Mail Returned to Sender", sender=f"Rosa Luz <{SENT_TO}>", headers=f"Return-Path: <{SENT_TO}>\n", text="What does this mean? 550 5.1.1 user unknown"),
    letter("spam to the address", R, subject="Cheap watches", sender="Watches <w@spam.example>", headers="Return-Path: <w@spam.example>\n", text="Buy now."),
]  # fmt: skip
GONE_REPORT = CASES[0].raw
