"""What the check of the domain that emails are sent from has found, in sentences."""

from flask_babel import gettext

from app.domain.mail.published import Case, Finding
from app.text import N_

_WORDS = {
    Case.NO_ANSWER: N_("%(what)s: no name server answers about %(name)s, so nothing is known."),
    Case.SPF_GOOD: N_("SPF: %(domain)s says who may send its emails."),
    Case.SPF_MISSING: N_(
        "SPF: %(domain)s does not say who may send its emails. Add a TXT record such as “%(record)s”, with what the provider of your mail server says in it."
    ),
    Case.SPF_SEVERAL: N_("SPF: %(domain)s has several records, so none counts. Make one of them."),
    Case.SPF_ALLOWS_ALL: N_(
        "SPF: the record of %(domain)s ends with %(record)s, so everybody may send its emails. Let it end with -all or ~all."
    ),
    Case.SPF_TOO_LONG: N_(
        "SPF: the record of %(domain)s needs more than ten look-ups, so it does not count. Shorten it."
    ),
    Case.SPF_BROKEN: N_("SPF: the record of %(domain)s, or one that it includes, has a mistake, so it does not count."),
    Case.SPF_WITHOUT_RELAY: N_(
        "SPF: %(domain)s does not let the addresses of %(relay)s send. Add them, or what its provider says; it may send from other addresses than it receives at."
    ),
    Case.SPF_UNSURE: N_(
        "SPF: emails go out through %(relay)s, on this machine or unknown. Make sure that %(domain)s lets its public address send."
    ),
    Case.MX_MISSING: N_(
        "MX: nothing takes emails to %(domain)s, so replies and what cannot be delivered are lost. Add an MX record."
    ),
    Case.DKIM_GOOD: N_("DKIM: the key at %(name)s is published."),
    Case.DKIM_NO_KEY: N_("DKIM: emails are not signed. Make keys with: encuentro mail key"),
    Case.DKIM_MISSING: N_("DKIM: there is no key at %(name)s. Add a TXT record there: %(record)s"),
    Case.DKIM_OTHER_KEY: N_("DKIM: another key is published at %(name)s. It should be: %(record)s"),
    Case.DMARC_GOOD: N_("DMARC: %(domain)s has a policy: %(policy)s."),
    Case.DMARC_MISSING: N_("DMARC: %(domain)s has no policy. Begin with: %(record)s"),
    Case.DMARC_SEVERAL: N_("DMARC: %(domain)s has several policies, so none counts. Keep one."),
    Case.DMARC_WATCHES: N_(
        "DMARC: the policy of %(domain)s only watches. Once reports show that all your emails pass, change it to p=quarantine."
    ),
    Case.DMARC_NO_REPORTS: N_(
        "DMARC: nobody gets reports about emails from %(domain)s. Add rua=mailto: with an address."
    ),
    Case.DMARC_NOT_ALIGNED: N_(
        "DMARC: %(domain)s accepts only signatures of its own (adkim=s), and %(signs)s signs. Set MAIL_DKIM_DOMAIN, or change the policy."
    ),
    Case.PTR_GOOD: N_("PTR: %(address)s of %(relay)s is called %(name)s, and that name leads back."),
    Case.PTR_MISSING: N_("PTR: %(address)s of %(relay)s has no name. Whoever provides the address can give it one."),
    Case.PTR_OTHER: N_("PTR: %(address)s of %(relay)s is called %(name)s, but that name does not lead back to it."),
    Case.PTR_UNSURE: N_(
        "PTR: emails go out through %(relay)s. Make sure that its public address has a name that leads back to it."
    ),
    Case.TLS_GOOD: N_("TLS: %(relay)s encrypts (%(version)s), and its certificate is right."),
    Case.TLS_NEAR: N_("TLS: %(relay)s does not encrypt, but it is this machine."),
    Case.TLS_MISSING: N_(
        "TLS: %(relay)s offers no encryption, so nothing is sent to it unless MAIL_URL has ?tls=optional."
    ),
    Case.TLS_CERTIFICATE: N_("TLS: the certificate of %(relay)s is not accepted: %(reason)s. Nothing is sent to it."),
    Case.TLS_ENDS_SOON: N_("TLS: the certificate of %(relay)s ends on %(day)s."),
    Case.TLS_UNREACHABLE: N_("TLS: %(relay)s cannot be reached (%(reason)s)."),
    Case.NO_RELAY: N_("MAIL_URL names no mail server, so emails stay in the application."),
}


def sentence(finding: Finding) -> str:
    """Return the sentence about what was found."""
    return str(gettext(_WORDS[finding.case], **finding.values))
