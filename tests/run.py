"""`make test`: every check in order, named and timed; `python -m tests.run lint types` for some.

A step that cannot run on this machine is named and skipped. The last line counts everything.
"""

import sys
import time

from tests.checks.machine import install_missing
from tests.checks.steps import STEPS, Outcome, Step, checks_folder


def main(names: list[str]) -> int:
    unknown = set(names) - {step.name for step in STEPS}
    if unknown:
        print(f"steps: {', '.join(step.name for step in STEPS)}")
        return 2
    for line in install_missing():
        print(line, flush=True)
    with checks_folder():
        chosen = [step for step in STEPS if not names or step.name in names]
        outcomes = {step.name: _timed(step) for step in chosen}
    return _sum_up(outcomes)


def _timed(step: Step) -> tuple[Outcome, float]:
    print(f"\n── {step.name}", flush=True)
    began = time.monotonic()
    outcome = step.run()
    return outcome, time.monotonic() - began


def _sum_up(outcomes: dict[str, tuple[Outcome, float]]) -> int:
    print("\n── all")
    for name, (outcome, seconds) in outcomes.items():
        state = "FAILED" if outcome.failed else "passed" if outcome.passed else "skipped"
        print(f"{state:8}{name:12}{seconds:7.1f} s  {outcome.why}")
    print(f"{'':8}{'total':12}{sum(seconds for _, seconds in outcomes.values()):7.1f} s")
    done = [outcome for outcome, _ in outcomes.values()]
    failed = sum(outcome.failed for outcome in done)
    print(
        f"{sum(outcome.passed for outcome in done)} passed, {failed} failed, "
        f"{sum(outcome.skipped for outcome in done)} skipped",
        flush=True,
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
