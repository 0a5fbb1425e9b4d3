"""`pyrite submit`: a program as a job of a Ray cluster, with `pyrite run --cluster ray://auto` there.

The settings go along as flags of `pyrite run`; the cluster's own variables and files say the rest.
"""

import asyncio
import os
import shlex
import shutil
import sys
import tempfile

from pyrite._settings import UsageError

# Flag -> what is behind it.
OWN_FLAGS = {
    "--address": "the head's dashboard, as http://10.0.0.1:8265 (RAY_ADDRESS, or this machine's)",
    "--working-dir": "a folder that goes along, in which the program is (the program alone)",
}


def take_flags(arguments):
    """The flags that only submit has, and the arguments without them; the program's own stay."""
    own, rest = {}, list(arguments)
    settings = []
    while rest and rest[0].startswith("--"):
        flag, equals, value = rest.pop(0).partition("=")
        if not equals:
            if not rest:
                raise UsageError(f"{flag} needs a value")
            value = rest.pop(0)
        if flag in OWN_FLAGS:
            own[flag] = value
        else:
            settings += [f"{flag}={value}"]
    return own, settings + rest


def run(own, settings, program):
    """Runs it to its end, with its output as it comes; 0, or 1 when it failed."""
    try:
        from ray.exceptions import RayError
        from ray.job_submission import JobSubmissionClient
    except ImportError:
        raise UsageError("submit: ray is not installed here. pip install 'pyrite[ray]'") from None
    path, arguments = program[0], program[1:]
    with tempfile.TemporaryDirectory(prefix="pyrite-submit-") as alone:
        folder, name = _what_goes_along(own.get("--working-dir"), path, alone)
        try:
            client = JobSubmissionClient(own.get("--address"))
            job = client.submit_job(entrypoint=_command(settings, name, arguments),
                                    runtime_env={"working_dir": folder})
        except (OSError, RayError) as error:
            raise RuntimeError(f"no Ray cluster takes the job: {error}") from None
    print(f"pyrite: job {job}", file=sys.stderr, flush=True)
    asyncio.run(_follow(client, job))
    return 0 if client.get_job_status(job).value == "SUCCEEDED" else 1


def _what_goes_along(folder, path, alone):
    """The folder that Ray carries to the cluster, and the program's place in it."""
    if not os.path.isfile(path):
        raise UsageError(f"can't open file {path!r}")
    if folder is None:
        shutil.copy(path, alone)
        return alone, os.path.basename(path)
    name = os.path.relpath(path, folder)
    if name.startswith(os.pardir):
        raise UsageError(f"{path!r} is not in the folder {folder!r}")
    return folder, name


def _command(settings, name, arguments):
    flags = ["--cluster=ray://auto"]
    flags += [f"--{setting.replace('_', '-')}={value}" for setting, value in settings.items() if setting != "cluster"]
    return shlex.join(["python", "-m", "pyrite", "run", *flags, name, *arguments])


async def _follow(client, job):
    async for lines in client.tail_job_logs(job):
        print(lines, end="", flush=True)
