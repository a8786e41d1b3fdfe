"""The colleagues who sell: each with a number in every system."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who owns leads and deals."""

    number: int
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        """As HubSpot and Salesforce show it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """The address that tells both systems that they speak of one colleague."""
        return f"{self.first_name}@lumen-oak.example.com".lower()


SELLERS = (Colleague(1, "Robin", "Hale"), Colleague(2, "Alex", "Ferrand"), Colleague(3, "Sasha", "Okafor"))
SHOP_DESK = Colleague(4, "Kim", "Larsen")


def seller(number: int) -> Colleague:
    """Who works a person."""
    return SELLERS[number % len(SELLERS)]
