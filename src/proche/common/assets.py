"""Static files from npm packages: the chosen ones only, never a whole package."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names and compressed copies. A package names its source map, which is not chosen."""

    patterns = tuple(
        (glob, tuple(p for p in patterns if "sourceMappingURL" not in str(p)))
        for glob, patterns in HashedFilesMixin.patterns
    )


class ChosenPackagesFinder(BaseFinder):
    """Serves settings.STATIC_PACKAGES under their short names (`lib/htmx.min.js`)."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.files = {
            f"{served}/{file}": settings.NODE_MODULES / folder / file
            for folder, file, served in settings.STATIC_PACKAGES
        }

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        file = self.files.get(path)
        found = [str(file)] if file and file.exists() else []
        return found if find_all else (found[0] if found else None)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        folder = _gathered(self.files)
        storage = FileSystemStorage(location=str(folder))
        for name in self.files:
            yield name, storage


def _gathered(files: dict[str, Path]) -> Path:
    """collectstatic reads from a storage, so the chosen files are laid out under their names."""
    folder = Path(settings.DATA_DIR) / "packages"
    shutil.rmtree(folder, ignore_errors=True)
    for name, file in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return folder
