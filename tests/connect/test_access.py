"""Who may talk to a server: tokens, TLS, sessions that expire."""
import shutil
import subprocess
import time
import uuid

import grpc
import pytest
from pyspark.sql import SparkSession

from raw import Raw, status_detail
from server import Server
from test_command_line import pyrite


def url_of(server, host="localhost", **parameters):
    port = server.url.rpartition(":")[2]
    return f"sc://{host}:{port}/" + "".join(f";{name}={value}" for name, value in parameters.items())


def count(url):
    spark = SparkSession.builder.remote(url).create()
    try:
        return spark.range(3).count()
    finally:
        spark.stop()


def test_token():
    with Server("--token", "secret") as server:
        assert count(url_of(server, token="secret")) == 3
        for url in (url_of(server, token="wrong"), url_of(server)):
            with pytest.raises(Exception, match="UNAUTHENTICATED|token"):
                count(url)
        raw = Raw(server.url)
        with pytest.raises(grpc.RpcError) as error:
            list(raw.execute("SELECT 1"))
        assert error.value.code() == grpc.StatusCode.UNAUTHENTICATED


@pytest.fixture
def certificate(tmp_path):
    if shutil.which("openssl") is None:
        pytest.fail("openssl is missing")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return key, certificate


def test_tls(certificate):
    key, path = certificate
    with Server("--tls-certificate", str(path), "--tls-key", str(key), "--token", "secret") as server:
        credentials = grpc.composite_channel_credentials(
            grpc.ssl_channel_credentials(path.read_bytes()), grpc.access_token_call_credentials("secret"))
        port = server.url.rpartition(":")[2]
        raw = Raw(server.url, channel=grpc.secure_channel(f"localhost:{port}", credentials))
        assert list(raw.execute("SELECT 1"))[-1].HasField("result_complete")
        with pytest.raises(grpc.RpcError) as error:
            list(Raw(server.url).execute("SELECT 1"))
        assert error.value.code() == grpc.StatusCode.UNAVAILABLE


def test_other_machines_need_a_token():
    done = pyrite("server", "--port", "0", "--host", "0.0.0.0")
    assert done.returncode == 1 and "--token" in done.stderr
    done = pyrite("server", "--port", "0", "--tls-certificate", "/none.pem", "--tls-key", "/none.pem")
    assert done.returncode == 1 and "/none.pem" in done.stderr


def test_run_with_a_token(tmp_path):
    program = tmp_path / "program.py"
    program.write_text("from pyspark.sql import SparkSession\n"
                       "print(SparkSession.builder.getOrCreate().range(4).count())\n")
    done = pyrite("run", "--token", "secret", str(program))
    assert (done.returncode, done.stdout) == (0, "4\n"), done.stderr


def test_idle_sessions_expire():
    with Server("--session-timeout", "2") as server:
        raw = Raw(server.url)
        operation_id = str(uuid.uuid4())
        list(raw.execute("SELECT 1", operation_id))
        raw.release(operation_id)
        time.sleep(6)
        with pytest.raises(grpc.RpcError) as error:
            list(raw.execute("SELECT 1"))
        assert status_detail(error.value)[0] == "INVALID_HANDLE.SESSION_CLOSED"
