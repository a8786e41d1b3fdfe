"""Posts an alert to a webhook as Slack takes it; Mattermost, Rocket.Chat and Google Chat take the same."""

import html
import json
import urllib.request
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SECONDS = 5
LONGEST = 35_000  # Slack cuts a text at 40,000 signs


class UnsafeAddress(ValueError):
    """A webhook that would carry the alert in the open; the message does not repeat the address, which is a secret."""


def post(url: str, text: str) -> None:
    """Post once; OSError where it was not taken."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise UnsafeAddress("DUET_ALERT_WEBHOOK must begin with https:// (http:// only on this machine)")
    # Slack reads <, > and & as its own signs.
    body = json.dumps({"text": html.escape(text[:LONGEST], quote=False)}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json; charset=utf-8"})
    with urllib.request.urlopen(request, timeout=SECONDS):
        pass
