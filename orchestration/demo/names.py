"""Invented people and firms; every address ends in a domain that nobody can own."""

import random

FIRST = (
    "Ada", "Ben", "Carla", "Dev", "Ella", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Liam", "Maya", "Noor",
    "Oskar", "Priya", "Quinn", "Rosa", "Sami", "Tess", "Uma", "Viktor", "Wanda", "Yara", "Zoé",
)  # fmt: skip
LAST = (
    "Abbott", "Bergström", "Castillo", "Dumas", "Eriksen", "Fischer", "Gallo", "Haddad", "Iqbal", "Jansen", "Kowalski",
    "Lindqvist", "Moreau", "Novak", "O'Hara", "Pereira", "Quist", "Rossi", "Sato", "Tanaka", "Urban", "Varga", "Weiss",
)  # fmt: skip
FIRM_FIRST = ("Alder", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbour", "Iris", "Juniper", "Keystone")
FIRM_LAST = ("Analytics", "Architects", "Clinics", "Design", "Insurance", "Legal", "Logistics", "Partners", "Studios")
PLAIN = str.maketrans({"é": "e", "ö": "o", "'": ""})


def person_name(rng: random.Random) -> tuple[str, str]:
    """A first and a last name."""
    return rng.choice(FIRST), rng.choice(LAST)


def firm_name(rng: random.Random, number: int) -> str:
    """The name of an office that buys lamps; the number keeps two alike apart."""
    suffix = "" if number <= 60 else f" {number}"
    return f"{rng.choice(FIRM_FIRST)} {rng.choice(FIRM_LAST)}{suffix}"


def address(first: str, last: str, number: int, domain: str) -> str:
    """An e-mail address, lower case and unlike any other."""
    return f"{first}.{last}{number}@{domain}".translate(PLAIN).lower()


def shouted(email: str, number: int) -> str:
    """The same address as somebody else typed it: in capitals, capitalised, or as it is."""
    return (email, email.upper(), email, email.title(), email)[number % 5]
