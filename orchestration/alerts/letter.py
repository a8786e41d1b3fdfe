"""Sends an alert as an e-mail, over a connection that nobody else reads."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from orchestration.alerts.secret import secret
from orchestration.alerts.webhook import LOOPBACK, SECONDS
from orchestration.settings import Alerts


class UnsafeMail(ValueError):
    """A password that would travel in the open."""


def mail(alerts: Alerts, title: str, text: str) -> None:
    """Send once to everybody in DUET_ALERT_EMAIL_TO; OSError where it was not taken."""
    assert alerts.smtp_host is not None
    password = secret(alerts.smtp_password, alerts.smtp_password_file)
    if alerts.smtp_security == "none" and alerts.smtp_host not in LOOPBACK:
        raise UnsafeMail("DUET_ALERT_SMTP_SECURITY=none is for a mail server on this machine; say starttls or tls")
    with _connected(alerts) as server:
        if alerts.smtp_user is not None:
            server.login(alerts.smtp_user, password or "")
        server.send_message(_letter(alerts, title, text))


def _letter(alerts: Alerts, title: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = " ".join(title.split())
    letter["From"] = alerts.email_from
    letter["To"] = ", ".join(alerts.email_to)
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = make_msgid(domain="duet.invalid")
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    return letter


def _connected(alerts: Alerts) -> smtplib.SMTP:
    host, port = str(alerts.smtp_host), alerts.smtp_port
    if alerts.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if alerts.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
