"""HubSpot's engagements as connector tables: who was called or written to, and which colleague did."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from orchestration.demo.company import Company
from orchestration.demo.exports.colleagues import OWNER_TABLE, owner_id, owner_rows
from orchestration.demo.exports.files import ExportFile, csv_text
from orchestration.demo.exports.hubspot import contact_id
from orchestration.demo.prospects import Answer, Person
from orchestration.demo.team import SHOP_DESK, seller

WRITTEN_AT = dt.datetime(2026, 7, 1, 5)
FIRST_ID = 19_732_300_000
COMMON = ("engagement_id", "_fivetran_deleted", "_fivetran_synced", "property_hs_createdate",
          "property_hs_lastmodifieddate", "property_hs_timestamp", "property_hubspot_owner_id", "type")  # fmt: skip
# table: its own column, and the kinds that it holds with their type and direction
TABLES = {
    "call": ("property_hs_call_direction", {"call": ("CALL", "OUTBOUND")}),
    "email": ("property_hs_email_direction", {"email": ("EMAIL", "EMAIL"), "inbound": ("EMAIL", "INCOMING_EMAIL")}),
    "note": ("", {"note": ("NOTE", "")}),
}
LINKS = ("contact_id", "engagement_id", "engagement_type", "type_id", "_fivetran_synced", "category")
Logged = tuple[str, Person, Answer]


def hubspot_engagement_files(company: Company) -> Iterable[ExportFile]:
    """A table a kind, the links to contacts, and the owners."""
    logged = list(engagements(company.people))
    for name, (direction, kinds) in TABLES.items():
        header = [*COMMON, *([direction] if direction else [])]
        yield table(f"engagement_{name}", header, rows(logged, kinds))
    types = {kind: word for _, kinds in TABLES.values() for kind, (word, _) in kinds.items()}
    links = (
        (contact_id(person), number, types[answer.kind], "", moment(answer.at), "HUBSPOT_DEFINED")
        for number, person, answer in logged
    )
    yield table("engagement_contact", LINKS, links)
    yield table("owner", OWNER_TABLE, owner_rows())


def table(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> ExportFile:
    """A table as the connector's destination unloads it."""
    return ExportFile(f"hubspot/connector/{name}.csv", WRITTEN_AT, csv_text([header, *rows]).encode())


def engagements(people: list[Person]) -> Iterator[Logged]:
    """What HubSpot knows, numbered."""
    found = [(person, answer) for person in people for answer in person.answers if answer.system == "hubspot"]
    for number, (person, answer) in enumerate(found, start=1):
        yield str(FIRST_ID + number), person, answer


def rows(logged: list[Logged], kinds: dict[str, tuple[str, str]]) -> Iterator[Sequence[str]]:
    """The rows of one table."""
    for number, person, answer in logged:
        if answer.kind in kinds:
            word, direction = kinds[answer.kind]
            owner = seller(person.number) if person.lead_at or person.log_at else SHOP_DESK
            at = moment(answer.at)
            yield (number, "false", at, at, at, at, owner_id(owner), word, *([direction] if direction else []))


def moment(at: dt.datetime) -> str:
    """UTC as the connector writes it."""
    return at.isoformat(" ", "milliseconds")
