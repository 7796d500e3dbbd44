"""The project's settings, on a folder of their own: no test sees what an installation keeps."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="proche-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.mkdir(f"{_folder}/static")  # WhiteNoise warns where there is none
os.environ.update(PROCHE_DATA_DIR=_folder, PROCHE_MANIFEST_STATIC="0")
for _name in (
    "PROCHE_SMTP_URL",
    "PROCHE_TSA_URL",
    "PROCHE_BASE_URL",
    "PROCHE_HOSTS",
    "PROCHE_DEBUG",
):
    os.environ.pop(_name, None)

from proche.locale import compile_catalogues  # noqa: E402
from proche.settings import *  # noqa: E402, F403

# Before Django reads them, which it does once: a test never sees the words of an older catalogue.
compile_catalogues()
