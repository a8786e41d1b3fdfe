"""Why a file cannot be unpacked, in words for the person who dropped it."""

from orchestration.ingest.problems import Problem


class Unreadable(Exception):
    """A container that is damaged, unsafe, or holds what no reader can choose from."""

    def __init__(self, found: str, expected: str, remedy: str, line: int | None = None) -> None:
        super().__init__(found)
        self.found, self.expected, self.remedy, self.line = found, expected, remedy, line

    def problem(self, name: str) -> Problem:
        """The fault as it is shown."""
        return Problem(name, self.found, self.expected, self.remedy, self.line)
