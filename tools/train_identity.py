"""Train the saved model of `proche resolve` again: `.venv/bin/python -m tools.train_identity`.

On the invented directory of the tests, with a seed no test or benchmark uses.
"""

from pathlib import Path

from proche.core import identity
from proche.core.identity.training import train
from tests.quebec import directory

RECORDS, SEED = 100_000, 18_670_701


def main() -> None:
    drawn = directory(RECORDS, SEED)
    trained = train(drawn.records, drawn.truth)
    folder = Path(identity.__file__).parent
    (folder / "model.json").write_text(trained.model, encoding="utf-8")
    (folder / "frequencies.json").write_text(trained.frequencies, encoding="utf-8")
    print(f"trained on {len(drawn.records):,} records, {len(drawn.pairs()):,} pairs")


if __name__ == "__main__":
    main()
