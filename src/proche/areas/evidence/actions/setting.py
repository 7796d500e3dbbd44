"""A programme sets thresholds of its own, by hand or from a file; what held before is kept."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proche.areas.accounts.models import Programme, User
from proche.areas.evidence.models import ProgrammeThresholds
from proche.areas.evidence.thresholds import (
    NAMES,
    differing,
    out_of_bounds,
    out_of_order,
    settled,
    thresholds_of,
)
from proche.areas.evidence.words import THRESHOLDS
from proche.common.errors import Refusal
from proche.common.words import sentence
from proche.core.results import InputRefused
from proche.core.tiers import Thresholds, read_thresholds, shipped_thresholds

LONGEST_VERSION = 20
FILE_NAME = "thresholds.toml"


@transaction.atomic
def set_thresholds(
    programme: Programme,
    values: Mapping[str, float],
    *,
    ceiling: int,
    by: User,
    version: str = "",
) -> ProgrammeThresholds:
    """Keep what differs from the file; a name not given stays as it is. Verdicts in force keep
    the version they were signed under until the bank is qualified again and a person signs."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    before = asdict(thresholds_of(locked))
    asked = {name: values.get(name, before[name]) for name in NAMES if name != "ceiling"}
    differs = {k: v for k, v in differing(asked, ceiling).items() if k != "ceiling"}
    locked.follower_ceiling = programme.follower_ceiling = ceiling
    locked.save(update_fields=["follower_ceiling"])
    return ProgrammeThresholds.objects.create(
        programme=locked,
        version=version,
        values=differs,
        ceiling=ceiling,
        changed_by=by,
        changed_at=timezone.now(),
    )


@transaction.atomic
def load_thresholds(programme: Programme, content: bytes, *, by: User) -> ProgrammeThresholds:
    """Set every value of a thresholds.toml under the version it names. Raises Refusal, saying
    which line to correct; the thresholds in force then stay."""
    loaded = _read(content)
    values = {name: getattr(loaded, name) for name in NAMES}
    for name, value in values.items():
        if out_of_bounds(name, value):
            raise _refused(_("“%(name)s” cannot be %(value)s."), name, value=value)
    for low, high in out_of_order(values):
        raise _refused(_("“%(name)s” must be smaller than “%(other)s”."), low, other=high)
    _refuse_taken(programme, loaded)
    ceiling = int(values.pop("ceiling"))
    return set_thresholds(programme, values, ceiling=ceiling, by=by, version=loaded.version)


def _read(content: bytes) -> Thresholds:
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        path.write_bytes(content)
        try:
            return read_thresholds(path)
        except InputRefused as cause:
            said = sentence(cause.sentence)
            raise Refusal(said, code="bad_thresholds", field="file") from cause
        except RecursionError as cause:
            said = _("This file is not one of thresholds.")
            raise Refusal(said, code="bad_thresholds", field="file") from cause


def _refused(words: str, name: str, *, other: str = "", value: object = None) -> Refusal:
    named = {"name": THRESHOLDS[name], "other": THRESHOLDS.get(other, ""), "value": value}
    return Refusal(words % named, code="bad_thresholds", field="file")


def _refuse_taken(programme: Programme, loaded: Thresholds) -> None:
    """A version names one set of values: verdicts are signed under it."""
    version = loaded.version
    if len(version) > LONGEST_VERSION:
        raise Refusal(
            _("The version must have %(n)d characters at most.") % {"n": LONGEST_VERSION},
            code="long_version",
            field="file",
        )
    kept = ProgrammeThresholds.objects.in_programme(programme)
    known = [settled(row.values, row.ceiling, row.version) for row in kept if row.ceiling]
    for other in (shipped_thresholds(), thresholds_of(programme), *known):
        if other.version == version and other != loaded:
            raise Refusal(
                _("Version “%(version)s” already stands for other values: give yours a new name.")
                % {"version": version},
                code="version_taken",
                field="file",
            )
