"""The business rules of duet.yml: every key has a default, an unknown key is an error."""

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not an IANA time zone such as Europe/Berlin") from error
    return name


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Timezone = Annotated[str, AfterValidator(_known_timezone)]
TimeOfDay = Annotated[str, Field(pattern="^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]


class RulesError(ValueError):
    """duet.yml cannot be used; the message names the key and what is allowed."""


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Funnel(_Rules):
    """Stages in order, how long a cohort is followed, what closes a cycle."""

    conversion_window_days: int = Field(90, ge=1)
    stage_order: list[str] = ["lead", "mql", "sal", "sql", "opportunity", "won"]
    cycle_closers: list[str] = ["rejected", "recycled", "disqualified", "won", "lost"]
    excluded_delete_reasons: list[str] = ["spam", "test"]


class Customers(_Rules):
    """Who is one customer."""

    roll_up_to_parent: bool = False


class Sla(_Rules):
    """How fast a lead must be answered, in the owner's calendar."""

    minutes: int = Field(60, ge=1)
    days: list[Weekday] = Field(["mon", "tue", "wed", "thu", "fri"], min_length=1)
    start: TimeOfDay = "09:00"
    end: TimeOfDay = "17:00"
    timezone: Timezone = "UTC"
    holidays: list[date] = []
    counted_responses: list[str] = ["call", "email", "meeting"]
    automatic_acceptance: list[str] = ["auto", "automatic", "assigned", "assignment"]
    disposition_days: int = Field(14, ge=1)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "Sla":
        if self.start >= self.end:
            raise ValueError(f"start {self.start} is not before end {self.end}; the end may be 24:00")
        return self


class Pipeline(_Rules):
    """Which touch sources a deal, and how far back a touch influences one."""

    influence_window_days: int = Field(90, ge=1)
    source_rule: Literal["last_touch", "first_touch", "lead_source"] = "last_touch"


class Attribution(_Rules):
    """Eligible touches of a conversion."""

    lookback_days: int = Field(30, ge=1)
    session_collapse_minutes: int = Field(30, ge=0)
    half_life_days: float = Field(7, gt=0)
    exclude_direct: bool = False
    reset_after_conversion: bool = False
    default_model: str = "last_touch"


class Cac(_Rules):
    """Which channels are paid (none named: every channel with spend) and which share of a pool wins customers."""

    paid_channels: list[str] = []
    acquisition_share: dict[str, float] = {"media": 1.0}
    lag_periods: int = Field(1, ge=0)
    channel_lag_periods: dict[Annotated[str, Field(pattern="^[a-z0-9_]+$")], Annotated[int, Field(ge=0)]] = {}
    shared_cost_driver: Literal["media_share", "customer_share", "touch_share"] = "media_share"
    maturity_months: int = Field(6, ge=1)


class Fx(_Rules):
    """How old a rate may be, and the rates of the constant-currency variant."""

    max_age_days: int = Field(7, ge=0)
    constant_rates: dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], Annotated[float, Field(gt=0)]] = {}


class Agreement(_Rules):
    """When two CRMs agree."""

    amount_tolerance: float = 0.01
    date_tolerance_days: int = 1
    grace_hours: int = 24


class Retention(_Rules):
    """Windows of repeat purchase and lifetime value, and when a customer has lapsed."""

    repeat_window_days: int = Field(60, ge=1)
    ltv_ages_months: list[Annotated[int, Field(ge=1, le=120)]] = Field([1, 3, 6, 12, 24], min_length=1)
    lapse_factor: float = Field(2, gt=0)


class CampaignTests(_Rules):
    """Error rates of pre-launch tests."""

    alpha: float = 0.05
    power: float = 0.8
    srm_alpha: float = 0.001
    tuning_n: int = 5000


class Publish(_Rules):
    """How many certified versions are kept."""

    keep_versions: int = Field(30, ge=1)


Share = Annotated[float, Field(gt=0)]


class Gate(_Rules):
    """How far new figures may lie from their own history before somebody must look; shares, 0.6 is 60 %."""

    closed_after_days: int = Field(3, ge=0)
    history_weeks: int = Field(8, ge=4)
    volume_drop: float = Field(0.6, gt=0, le=1)
    volume_rise: Share = 3.0
    shrunk_share: Share = 0.05
    restated_share: Share = 0.05
    restated_kpi_share: Share = 0.05
    price_share: Share = 0.2
    changed_record_share: Share = 0.005
    deleted_share: Share = 0.05
    garbled_share: Share = 0.001
    xmr_multiplier: Share = 2.66


class DeclaredSource(_Rules):
    """A source that must keep coming; currency names the money of accounts whose export does not.

    Where accounts are named, an export of any other account is refused.
    """

    max_age_days: int | None = Field(None, ge=0)
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    accounts: list[str] = []


class Rules(_Rules):
    """All of duet.yml."""

    reporting_currency: str = Field("USD", pattern="^[A-Z]{3}$")
    reporting_timezone: Timezone = "UTC"
    fiscal_year_start_month: int = Field(1, ge=1, le=12)
    week_start: Literal["monday", "sunday"] = "monday"
    funnel: Funnel = Funnel()
    customers: Customers = Customers()
    sla: Sla = Sla()
    pipeline: Pipeline = Pipeline()
    attribution: Attribution = Attribution()
    cac: Cac = Cac()
    fx: Fx = Fx()
    agreement: Agreement = Agreement()
    retention: Retention = Retention()
    tests: CampaignTests = CampaignTests()
    publish: Publish = Publish()
    gate: Gate = Gate()
    sources: dict[str, DeclaredSource] = {}


def load_rules(path: Path) -> Rules:
    """The rules of the file, or the defaults where there is none; RulesError names the key that is wrong."""
    if not path.exists():
        return Rules()
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return Rules.model_validate(content)
    except (ValidationError, yaml.YAMLError) as error:
        raise RulesError(f"{path}: {explain(error)}") from error


def explain(error: ValidationError | yaml.YAMLError) -> str:
    """One line a key, as the person who edits the file needs it."""
    if isinstance(error, yaml.YAMLError):
        return f"not valid YAML: {error}"
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc'])}: "
        + (_unknown_key(problem["loc"]) if problem["type"] == "extra_forbidden" else problem["msg"])
        for problem in error.errors()
    )


def _unknown_key(place: tuple[int | str, ...]) -> str:
    model: type[BaseModel] = Rules
    for part in place[:-1]:
        inner = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else DeclaredSource
    known = list(model.model_fields)
    near = get_close_matches(str(place[-1]), known, n=1)
    return f"no such key; did you mean {near[0]!r}?" if near else f"no such key; there are: {', '.join(known)}"
