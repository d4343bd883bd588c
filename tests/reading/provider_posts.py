"""What providers post about emails, made up here after the shapes that they document."""

import json


def _ses(what, **others):
    mail = {"source": "{sender}", "messageId": "0100018c", "destination": ["{to}"], "commonHeaders": {"subject": "x"}}
    return {"notificationType": what, "mail": mail, **others}


def _ses_bounce(kind, detail, **recipient):
    bounced = [{"emailAddress": "{to}", **recipient}]
    return _ses("Bounce", bounce={"bounceType": kind, "bounceSubType": detail, "bouncedRecipients": bounced})


def _sns(event):
    return {"Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:1:bounces", "Message": json.dumps(event)}


def _mailgun(event, **others):
    data = {"event": event, "recipient": "{to}", "message": {"headers": {"message-id": "{id}@example.org"}}, **others}
    return {"signature": {"timestamp": "1", "token": "t", "signature": "s"}, "event-data": data}


def _sendgrid(event, **others):
    return [{"email": "{to}", "event": event, "sg_event_id": "1", "smtp-id": "<{id}@example.org>", **others}]


def _brevo(event, **others):
    return {"event": event, "email": "{to}", "message-id": "<{id}@example.org>", "id": 7, **others}


def _postmark(record, **others):
    return {"RecordType": record, "MessageID": "883953f4", "Email": "{to}", **others}


GONE = "smtp; 550 5.1.1 <{to}>: user unknown"
OVER = {"message": "mailbox is full", "code": 552, "enhanced-code": "5.2.2"}
POSTS = {
    "ses, gone": (_sns(_ses_bounce("Permanent", "General", status="5.1.1", diagnosticCode=GONE)), "hard"),
    "ses, no answer of a server": (_sns(_ses_bounce("Permanent", "NoEmail")), "hard"),
    "ses, full": (_ses_bounce("Transient", "MailboxFull"), "soft"),
    "ses, content": (_ses_bounce("Transient", "ContentRejected"), "refused"),
    "ses, complaint": (_sns(_ses("Complaint", complaint={"complainedRecipients": [{"emailAddress": "{to}"}]})), "complaint"),
    "postmark, gone": (_postmark("Bounce", Type="HardBounce", Details="smtp;550 no such user here"), "hard"),
    "postmark, later": (_postmark("Bounce", Type="SoftBounce", Description="Unable to deliver"), "soft"),
    "postmark, blocked": (_postmark("Bounce", Type="Blocked", Details="554 blocked using a list"), "refused"),
    "postmark, complaint": (_postmark("SpamComplaint", Type="SpamComplaint"), "complaint"),
    "mailgun, gone": (_mailgun("failed", severity="permanent", reason="bounce", **{"delivery-status": {"code": 550, "message": "5.1.1 user unknown"}}), "hard"),
    "mailgun, full": (_mailgun("failed", severity="permanent", reason="bounce", **{"delivery-status": OVER}), "soft"),
    "mailgun, known to bounce": (_mailgun("failed", severity="permanent", reason="suppress-bounce", **{"delivery-status": {"code": 605}}), "hard"),
    "mailgun, complaint": (_mailgun("complained"), "complaint"),
    "sendgrid, gone": (_sendgrid("bounce", type="bounce", status="5.1.1", reason="550 5.1.1 unknown recipient"), "hard"),
    "sendgrid, blocked": (_sendgrid("bounce", type="blocked", reason="550 blocked by policy"), "refused"),
    "sendgrid, dropped": (_sendgrid("dropped", reason="Bounced Address"), "hard"),
    "sendgrid, complaint": (_sendgrid("spamreport"), "complaint"),
    "brevo, gone": (_brevo("hard_bounce", reason="550 user unknown"), "hard"),
    "brevo, later": (_brevo("soft_bounce", reason="421 try again later"), "soft"),
    "brevo, complaint": (_brevo("spam"), "complaint"),
}  # fmt: skip
"""What is posted, and what follows from it; see `filled`."""
NOTHING = {
    "ses, delivered": _sns(_ses("Delivery", delivery={})),
    "ses, not spam": _ses("Complaint", complaint={"complaintFeedbackType": "not-spam", "complainedRecipients": [{"emailAddress": "{to}"}]}),
    "postmark, automatic": _postmark("Bounce", Type="AutoResponder"),
    "mailgun, tries again": _mailgun("failed", severity="temporary", reason="generic"),
    "mailgun, unsubscribed there": _mailgun("failed", severity="permanent", reason="suppress-unsubscribe"),
    "sendgrid, opened": _sendgrid("open"),
    "sendgrid, unsubscribed there": _sendgrid("dropped", reason="Unsubscribed Address"),
    "brevo, deferred": _brevo("deferred"),
}  # fmt: skip
"""What is posted and means neither a bounce nor a complaint."""


def filled(post, *, to="rosa@example.org", sender="", message_id=""):
    """Return a post about an email: its recipient, its envelope sender and its Message-ID before the @."""
    text = json.dumps(post).replace("{to}", to).replace("{sender}", sender).replace("{id}", message_id)
    return text.encode()
