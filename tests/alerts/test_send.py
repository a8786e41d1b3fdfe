"""Alerts reach every channel that is set, and give away neither a secret nor a person."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from orchestration.alerts.message import Alert
from orchestration.alerts.send import AlertNotSent, send
from orchestration.settings import Alerts
from tests.alerts.loopback import mail_server, webhook

ALERT = Alert("Duet: checks failed, nothing was published", "Online: v000001 <a> & b\n\ncause\n.\nend")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.alerts.send.PAUSES", (0.0, 0.0, 0.0))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


def by_mail(port: int, **more: Any) -> Alerts:
    address: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    return Alerts(email_to="ann@example.com, bob@example.com", email_from="duet@example.com", **address, **more)


def test_slack_reads_the_whole_alert_with_its_signs_escaped() -> None:
    with webhook() as slack:
        assert send(ALERT, Alerts(webhook=SecretStr(slack.url))) == ["webhook"]
    assert slack.said == [
        "Duet: checks failed, nothing was published\n\nOnline: v000001 &lt;a&gt; &amp; b\n\ncause\n.\nend\n"
    ]


def test_a_letter_has_a_subject_and_both_readers() -> None:
    with mail_server() as post_office:
        assert send(ALERT, by_mail(post_office.port)) == ["e-mail"]
    [letter] = post_office.said
    head, _, body = letter.partition("\n\n")
    assert "Subject: Duet: checks failed, nothing was published" in head
    assert "To: ann@example.com, bob@example.com" in head
    assert body.startswith("Duet: checks failed")
    assert "\n..\n" in f"\n{body}\n", "a line of one dot ends a letter unless it is doubled"


def test_a_password_comes_from_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("verysecret\n")
    file.chmod(0o640)
    with mail_server() as post_office:
        alerts = by_mail(post_office.port, smtp_user="duet", smtp_password_file=file)
        with pytest.raises(AlertNotSent, match=r"e-mail: .*chmod 600"):
            send(ALERT, alerts)
        file.chmod(0o600)
        send(ALERT, alerts)
    # "\0duet\0verysecret" in base64
    assert post_office.said[0] == "AUTH PLAIN AGR1ZXQAdmVyeXNlY3JldA=="


def test_a_server_that_stumbles_is_asked_again() -> None:
    with webhook() as slack:
        slack.answers = [500, 429]
        send(ALERT, Alerts(webhook=SecretStr(slack.url)))
    assert len(slack.said) == 1


def test_a_channel_that_refuses_keeps_the_alert_from_no_other() -> None:
    with webhook() as slack, mail_server() as post_office:
        slack.answers = [404, 404]
        both = by_mail(post_office.port, webhook=SecretStr(slack.url))
        with pytest.raises(AlertNotSent) as refused:
            send(ALERT, both)
    assert str(refused.value) == "webhook: the server answered 404 Not Found"
    assert len(slack.answers) == 1, "what the server calls wrong is not sent again"
    assert len(post_office.said) == 1


@pytest.mark.parametrize(
    ("alerts", "reason"),
    [
        (Alerts(webhook=SecretStr("http://hooks.example.com/verysecret")), "must begin with https://"),
        (
            Alerts(
                email_to="a@example.com", email_from="d@example.com", smtp_host="mail.example.com",
                smtp_security="none", smtp_password=SecretStr("verysecret"),
            ),
            "say starttls or tls",
        ),
        (Alerts(webhook=SecretStr("http://127.0.0.1:9/verysecret")), "Connection refused"),
    ],
    ids=["webhook in the open", "mail in the open", "nobody listens"],
)  # fmt: skip
def test_what_cannot_be_sent_safely_is_refused_without_telling_a_secret(alerts: Alerts, reason: str) -> None:
    with pytest.raises(AlertNotSent, match=reason) as refused:
        send(ALERT, alerts)
    assert "verysecret" not in str(refused.value) + repr(alerts)


def test_nobody_is_told_where_no_channel_is_set() -> None:
    assert send(ALERT, Alerts()) == []


def test_readers_need_a_sender() -> None:
    with pytest.raises(ValidationError, match="DUET_ALERT_EMAIL_FROM"):
        Alerts(email_to="ann@example.com")
