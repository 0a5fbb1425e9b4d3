"""The `pyrite` command."""
import signal
import subprocess
import sys
import time

import pytest

from server import Server, environment


def pyrite(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "pyrite", *arguments], env=environment() | options, text=True,
                          capture_output=True, timeout=60)


@pytest.fixture
def program(tmp_path):
    def write(source):
        path = tmp_path / "program.py"
        path.write_text(source)
        return str(path)

    return write


def test_version_and_help():
    assert pyrite("--version").stdout.startswith("pyrite ")
    assert "usage: pyrite run" in pyrite("--help").stdout
    assert pyrite("nonsense").returncode == 2
    assert pyrite("run").returncode == 2
    assert pyrite("run", "no_such_file.py").returncode == 2


def test_run_is_an_unchanged_program(program):
    path = program(
        "import sys\n"
        "from pyspark.sql import SparkSession\n"
        "if __name__ == '__main__':\n"
        "    spark = (SparkSession.builder.master('local[2]').appName('x')\n"
        "             .config('spark.sql.shuffle.partitions', '4').getOrCreate())\n"
        "    print(spark.range(5).count(), spark.conf.get('spark.sql.shuffle.partitions'), sys.argv[1:])\n"
        "    spark.stop()\n"
        "    sys.exit(7)\n")
    done = pyrite("run", "--threads", "2", path, "--flag", "value")
    assert (done.returncode, done.stdout) == (7, "5 4 ['--flag', 'value']\n"), done.stderr


def test_run_shows_the_programs_traceback(program):
    path = program("def fail():\n    raise ValueError('from the program')\n\nfail()\n")
    done = pyrite("run", path)
    assert done.returncode == 1
    assert "ValueError: from the program" in done.stderr and "_run.py" not in done.stderr
    assert f'File "{path}", line 4' in done.stderr


def test_sql():
    done = pyrite("sql", "CREATE TEMP VIEW v AS SELECT ';' AS a; SELECT a, 1 AS b FROM v")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "+---+---+\n|  a|  b|\n+---+---+\n|  ;|  1|\n+---+---+\n\n"
    done = pyrite("sql", "SELECT nope")
    assert done.returncode == 1 and "UNRESOLVED_COLUMN" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_ends_on_a_signal(number):
    with Server() as server:
        server.process.send_signal(number)
        assert server.process.wait(timeout=20) == 0


def test_server_ends_while_a_query_runs():
    from raw import ENDLESS, Raw

    with Server() as server:
        raws = [Raw(server.url) for _ in range(3)]
        streams = [raw.execute(ENDLESS) for raw in raws]
        while any("RUNNING" not in raw.states().values() for raw in raws):
            time.sleep(0.05)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=20) == 0
        for stream in streams:
            stream.cancel()


def test_settings_from_variables(program):
    done = pyrite("sql", "SELECT 1 AS a", PYRITE_THREADS="many")
    assert done.returncode == 2 and "PYRITE_THREADS" in done.stderr
