"""One target under atheris, which reads the options of libFuzzer: see `python -m tests.fuzz`."""

import sys

import atheris

with atheris.instrument_imports(include=["proche.core", "proche.cli.disclose"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
