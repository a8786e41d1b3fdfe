"""The offices: who asks, through which channel, and which records their journey leaves."""

import datetime as dt
import random

from orchestration.demo.accounts import Offices, convert, expand
from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.journeys import Journey, later, office_journey
from orchestration.demo.names import address, person_name
from orchestration.demo.prospects import Person, StageEntry, Touch
from orchestration.demo.seasons import arrivals, days, demand, moment

PER_DAY = 1.25
CHANNELS = ("paid_search", "paid_social", "organic_search", "sponsorship", "referral")
CHANNEL_WEIGHTS = (36, 20, 24, 10, 10)
TOUCH_CHANNELS = ("paid_search", "paid_social", "sponsorship", "email", "event")
TOUCH_WEIGHTS = (30, 22, 12, 26, 10)
# The campaign of each channel that offices answer; those of ads have the names that the platforms bill.
ANSWERED = {
    "paid_search": "Office lighting - B2B",
    "paid_social": "Facility managers | Lead form",
    "sponsorship": "The Quiet Office",
    "email": "Better light newsletter",
    "event": "Office fair",
}
SPAM, TEST, ERASED = "spam", "test", "privacy"


def offices(rng: random.Random, scale: int) -> Offices:
    """Everyone who asked from an office, with their deals."""
    world = Offices()
    for day in days():
        for _ in range(arrivals(rng, PER_DAY * scale * demand(day, "office"))):
            person = office_person(rng, len(world.people) + 1, moment(rng, day))
            world.people.append(person)
            fate = rng.random()
            if fate < 0.045:
                unwanted(rng, person, SPAM if fate < 0.035 else TEST)
                continue
            journey = office_journey(rng, person.records_at[0])
            if fate < 0.065 and journey.deal_at is None:
                erase(person, journey)
            else:
                work(rng, world, person, journey)
    for deal in list(world.deals):
        expand(rng, world, deal)
    return world


def office_person(rng: random.Random, number: int, at: dt.datetime) -> Person:
    """Somebody who fills in the form; podcast listeners are noted by the sales team first."""
    first, last = person_name(rng)
    [channel] = rng.choices(CHANNELS, CHANNEL_WEIGHTS)
    person = Person(number, first, last, address(first, last, number, "offices.example.org"), channel, hubspot_at=at)
    if channel == "sponsorship":
        person.log_at, person.hubspot_at = at, at + dt.timedelta(minutes=6)
    return person


def unwanted(rng: random.Random, person: Person, fate: str) -> None:
    """Spam and tests are in HubSpot too, some of them even as MQLs; the sales log says what they are."""
    person.fate = fate
    assert person.hubspot_at is not None
    person.log_at = person.log_at or person.hubspot_at + dt.timedelta(hours=1)
    if rng.random() < 0.3:
        stage = StageEntry("mql", later(rng, person.hubspot_at, 0, 3), "hubspot")
        person.entries = [stage] if stage.at <= LAST_INSTANT else []


def erase(person: Person, journey: Journey) -> None:
    """Somebody who asked to be forgotten: only the anonymous line in the sales log is left."""
    person.fate = ERASED
    person.log_at, person.hubspot_at = person.records_at[0], None
    person.entries = [StageEntry(entry.stage, entry.at, "log", entry.reason) for entry in journey.entries]


def work(rng: random.Random, world: Offices, person: Person, journey: Journey) -> None:
    """Give the person the records that the journey leaves in HubSpot, Salesforce and the sales log."""
    assert person.hubspot_at is not None
    person.entries = journey.entries
    logged = [entry.at for entry in journey.entries if entry.system == "log"]
    if logged and person.log_at is None:
        person.log_at = min(logged)
    if rng.random() < 0.05:
        person.hubspot_duplicate_at = possible(later(rng, person.hubspot_at, 2, 40))
    if not journey.entries:
        return
    person.lead_at = possible(min(entry.at for entry in journey.entries) + dt.timedelta(minutes=4))
    if person.lead_at is not None and rng.random() < 0.07:
        person.lead_duplicate_at = possible(later(rng, person.lead_at, 1, 20))
    if person.lead_at is not None and journey.deal_at is not None and journey.deal_at <= LAST_INSTANT:
        convert(rng, world, person, journey)
    if person.lead_at is not None:
        person.touches = touches(rng, person.lead_at.date())


def possible(at: dt.datetime) -> dt.datetime | None:
    """The moment, unless it lies in the future."""
    return at if at <= LAST_INSTANT else None


def touches(rng: random.Random, since: dt.date) -> list[Touch]:
    """Campaigns that the person answered after sales knew them; never two on one day."""
    wanted = sorted({since + dt.timedelta(days=rng.randrange(0, 75)) for _ in range(rng.choice((0, 1, 1, 2, 3)))})
    return [Touch(rng.choices(TOUCH_CHANNELS, TOUCH_WEIGHTS)[0], day) for day in wanted if day <= LAST_INSTANT.date()]
