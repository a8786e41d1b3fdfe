"""What an ad platform knows: campaigns and their days."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Campaign:
    """An ad campaign; its account is billed in its currency."""

    platform: str
    account_id: str
    account_name: str
    campaign_id: str
    name: str
    kind: str
    channel: str
    currency: str

    @property
    def counts_clicks(self) -> bool:
        """Nobody knows how many heard a podcast, let alone clicked."""
        return self.kind != "podcast"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a platform says about a campaign's day; cost in cents, conversions in hundredths."""

    cost: int
    impressions: int
    clicks: int
    conversions: int


@dataclass(frozen=True, slots=True)
class AdDay:
    """A campaign's day: the final figures, and those that the platform showed before it restated them."""

    campaign: Campaign
    day: dt.date
    final: Figures
    early: Figures
