"""What believable HubSpot contacts look like."""

from expectations.landed import dated, keyed, traced

SUITE = [traced(), keyed("contact_key", "email_key"), dated("created_at")]
