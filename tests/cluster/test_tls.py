"""TLS between nodes: certificates of one authority, made here."""
import re
import shutil
import subprocess

import pytest
import tpch as tpch_bench
from server import Server, environment
from workers import Workers, session, tasks_of

QUERY = "SELECT count(*) FROM lineitem WHERE l_comment LIKE '%a%'"


class Authority:
    """Signs certificates of 127.0.0.1."""

    def __init__(self, folder):
        self._folder = folder
        folder.mkdir()
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority",
                      "-keyout", "authority.key", "-out", "authority.pem")

    def node(self, name):
        """The flags of a node with a certificate of its own."""
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
                      "-keyout", f"{name}.key", "-out", f"{name}.csr")
        (self._folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
        self._openssl("x509", "-req", "-days", "2", "-in", f"{name}.csr", "-CA", "authority.pem",
                      "-CAkey", "authority.key", "-CAcreateserial", "-extfile", "names", "-out", f"{name}.pem")
        return ["--cluster-tls-certificate", str(self._folder / f"{name}.pem"),
                "--cluster-tls-key", str(self._folder / f"{name}.key"),
                "--cluster-tls-authority", str(self._folder / "authority.pem")]

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.fail("openssl is missing")
    return Authority(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def workers(authority):
    with Workers(2, "--token", "secret", *authority.node("worker")) as running:
        yield running


@pytest.fixture(scope="module")
def wanted(spark, tpch):
    tpch_bench.read_tables(spark, tpch)
    return spark.sql(QUERY).first()[0]


def counted(workers, tpch, *arguments):
    with Server("--cluster", workers.url, "--token", "secret", "--cluster-fallback", "fail", *arguments) as server:
        spark = session_with_token(server)
        tpch_bench.read_tables(spark, tpch)
        try:
            return spark.sql(QUERY).first()[0], tasks_of(spark)
        finally:
            spark.stop()


def session_with_token(server):
    port = server.url.rpartition(":")[2]

    class Named:
        url = f"sc://localhost:{port}/;token=secret"

    return session(Named)


def test_nodes_of_one_authority(workers, authority, tpch, wanted):
    assert counted(workers, tpch, *authority.node("server")) == (wanted, 2)


def test_a_settings_file_says_the_same(workers, authority, tpch, tmp_path, wanted):
    flags = authority.node("by-file")
    lines = [f'{flag[2:].replace("-", "_")} = "{value}"' for flag, value in zip(flags[::2], flags[1::2])]
    (tmp_path / "settings.toml").write_text("\n".join(lines))
    assert counted(workers, tpch, "--config", str(tmp_path / "settings.toml")) == (wanted, 2)


def test_others_are_not_let_in(workers, tpch, tmp_path):
    for flags in ([], Authority(tmp_path / "other").node("server")):
        with pytest.raises(Exception, match="CLUSTER_UNREACHABLE.PYRITE"):
            counted(workers, tpch, *flags)


def test_all_three_files_or_none(authority):
    flags = authority.node("partial")
    with pytest.raises(RuntimeError, match="go together"):
        Server("--cluster", "flight://127.0.0.1:1", *flags[:4])
    from workers import worker_command

    done = subprocess.run(worker_command(*flags[:2]), env=environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "go together" in done.stderr
    done = subprocess.run(worker_command(*flags[:3], "/nowhere.pem", *flags[4:]), env=environment(),
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and re.search("/nowhere.pem", done.stderr)
