"""The `pyrite` command."""
import signal
import subprocess
import sys
import time

import pytest

from server import CLIENTS, Server, environment


def pyrite(*arguments, input=None, **variables):
    return subprocess.run([sys.executable, "-m", "pyrite", *arguments], env=environment() | variables, text=True,
                          input=input, stdin=subprocess.DEVNULL if input is None else None,
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


@pytest.mark.parametrize("client", CLIENTS)
def test_nothing_but_the_program_is_heard(program, client):
    path = program("from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate().range(3).count()\n1 / 0\n")
    done = subprocess.run([CLIENTS[client], "-m", "pyrite", "run", path], capture_output=True, text=True, timeout=60, env=environment())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Traceback") and done.stderr.endswith("\nZeroDivisionError: division by zero\n")


@pytest.mark.parametrize("option, wrong, message", [
    ("--memory-limit", "much", "[MEMORY_LIMIT.PYRITE] The memory limit 'much' is not understood."),
    ("--threads", "99999", "[THREADS.PYRITE] Queries cannot run on 99999 threads."),
])
@pytest.mark.parametrize("command", ["run", "run without Spark", "shell", "sql", "server"])
def test_settings_that_cannot_be(program, command, option, wrong, message):
    path = program("from pyspark.sql import SparkSession\n" if command == "run" else "print(1)\n")
    rest = {"sql": ["SELECT 1"], "shell": [], "server": []}.get(command, [path])
    done = pyrite(command.split()[0], option, wrong, *rest)
    assert done.returncode == 1
    assert done.stderr.startswith(f"pyrite: {message}"), done.stderr


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


def spill(server):
    """A stream that holds spilled rows on the server, and does not end."""
    from raw import Raw

    raw = Raw(server.url)
    return raw.execute("SELECT id, repeat(CAST(id AS STRING), 20) AS t FROM range(1000000000) ORDER BY id % 1000003")


@pytest.mark.parametrize("signals", [1, 2])
def test_a_forced_end_leaves_no_spill_folder(tmp_path, signals):
    with Server("--memory-limit", "100MB", "--spill-dir", str(tmp_path)) as server:
        stream = spill(server)
        deadline = time.monotonic() + 30
        while not any(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        start = time.monotonic()
        for _ in range(signals):
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.1)
        server.process.wait(timeout=20)
        assert time.monotonic() - start < (5 if signals == 1 else 1)
        stream.cancel()
    assert list(tmp_path.iterdir()) == []


def test_a_killed_server_leaves_what_the_next_one_removes(tmp_path):
    with Server("--spill-dir", str(tmp_path)) as server:
        server.process.kill()
        server.process.wait()
    assert len(list(tmp_path.iterdir())) == 1
    with Server("--spill-dir", str(tmp_path)):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_settings_file(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('threads = 3\nmemory_limit = "300MB"\n')
    said = pyrite("doctor", "--config", str(path), PYRITE_MEMORY_LIMIT="400MB").stdout
    assert f"threads = 3  ({path})" in said and "memory_limit = 400MB  (PYRITE_MEMORY_LIMIT)" in said
    path.write_text("thread = 3\n")
    done = pyrite("sql", "SELECT 1", PYRITE_CONFIG=str(path))
    assert done.returncode == 2 and "thread" in done.stderr
    assert pyrite("sql", "--config", "/none.toml", "SELECT 1").returncode == 2


def test_doctor():
    done = pyrite("doctor", "--port", "0")
    assert done.returncode == 0 and "All is well." in done.stdout and "engine" in done.stdout, done.stdout
    done = pyrite("doctor", "--port", "0", "--spill-dir", "/proc/none")
    assert done.returncode == 1 and "!!  disk" in done.stdout


def test_sql_from_a_file_and_a_pipe(tmp_path):
    path = tmp_path / "statements.sql"
    path.write_text("-- a comment; with a semicolon\nCREATE TEMP VIEW v AS SELECT 1 AS a;\n/* ; */ SELECT a FROM v;\n")
    assert "|  1|" in pyrite("sql", "-f", str(path)).stdout
    assert "|  1|" in pyrite("sql", input=path.read_text()).stdout


def test_sql_prompt(tmp_path):
    typed = ("SELECT 1 +\n 41 AS answer;\nSELECT nope;\nCREATE TEMP VIEW only_here AS SELECT 7 AS lonely_column;\nSELECT * FROM only_\t;\n"
             "SELECT lonely_\t + 1 AS x FROM only_here;\nSELECT regexp_repl\t'aaa', 'a', 'b') AS y;\nquit\n")
    shown = at_terminal(["sql"], typed, tmp_path)
    assert "|    42|" in shown and "UNRESOLVED_COLUMN" in shown and "|            7|" in shown
    assert "|  8|" in shown and "|bbb|" in shown
    assert "41 AS answer" in (tmp_path / "pyrite" / "sql_history").read_text()


def test_shell(tmp_path):
    shown = at_terminal(["shell"], "spark.range(5).count() + 37\nspark.sql('SELECT 8 * 8 AS n').show()\n\x04", tmp_path)
    assert "42" in shown and "| 64|" in shown


def at_terminal(arguments, typed, state):
    """What a person at a terminal would see."""
    import os
    import pty
    import select

    controller, terminal = pty.openpty()
    environ = environment() | {"XDG_STATE_HOME": str(state), "TERM": "dumb"}
    process = subprocess.Popen([sys.executable, "-m", "pyrite", *arguments], stdin=terminal, stdout=terminal,
                               stderr=terminal, env=environ, start_new_session=True)
    os.close(terminal)
    shown, waiting = b"", [line.encode() for line in typed.splitlines(keepends=True)]
    deadline = time.monotonic() + 60
    try:
        while time.monotonic() < deadline:
            if select.select([controller], [], [], 0.5)[0]:
                try:
                    read = os.read(controller, 4096)
                except OSError:  # the other side is closed
                    break
                shown += read
            elif waiting and shown.rstrip(b" ").endswith(b">"):
                os.write(controller, waiting.pop(0))
            elif process.poll() is not None:
                break
    finally:
        process.kill()
        process.wait()
        os.close(controller)
    return shown.decode(errors="replace")
