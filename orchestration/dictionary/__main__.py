"""Writes what is made of the registry: `make generated`."""

from orchestration.dictionary.generated import generated
from orchestration.settings import ROOT


def main() -> None:
    """Write every file whose content the registry decides."""
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
