"""Sends an alert to every channel that is set; one that refuses does not keep it from the others."""

import time
from collections.abc import Callable
from urllib.error import HTTPError

from orchestration.alerts.letter import UnsafeMail, mail
from orchestration.alerts.message import Alert
from orchestration.alerts.secret import SecretExposed, secret
from orchestration.alerts.webhook import UnsafeAddress, post
from orchestration.settings import Alerts

PAUSES = (0.0, 1.0, 3.0)  # seconds before each try


class AlertNotSent(RuntimeError):
    """A channel did not take the alert; the message names it and what it said, and no secret."""


def send(alert: Alert, alerts: Alerts) -> list[str]:
    """The channels that took it, none where none is set; AlertNotSent when one did not, after all were tried."""
    channels: dict[str, Callable[[], None]] = {}
    if alerts.webhook is not None or alerts.webhook_file is not None:
        channels["webhook"] = lambda: post(secret(alerts.webhook, alerts.webhook_file) or "", alert.text)
    if alerts.email_to:
        channels["e-mail"] = lambda: mail(alerts, alert.title, alert.text)
    refused = {name: said for name, channel in channels.items() if (said := _tried(channel)) is not None}
    if refused:
        raise AlertNotSent("; ".join(f"{name}: {said}" for name, said in refused.items()))
    return list(channels)


def _tried(channel: Callable[[], None]) -> str | None:
    """None once it is taken, else what was said last."""
    said = None
    for pause in PAUSES:
        time.sleep(pause)
        try:
            channel()
        except (SecretExposed, UnsafeAddress, UnsafeMail, FileNotFoundError) as error:
            return str(error)
        except HTTPError as error:
            said = f"the server answered {error.code} {error.reason}"
            if error.code < 500 and error.code != 429:
                return said
        except OSError as error:  # smtplib's errors are of this kind too
            said = f"{type(error).__name__}: {error}"
        else:
            return None
    return said
