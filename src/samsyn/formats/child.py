"""
Hostile files are read in a process of their own: it may run out of memory, hang or crash, and the web worker lives on.

    reading = read_safely("samsyn.formats.plan_reading:read_plan_file", name, content, today=today)

The child gets the file on its standard input and writes its result on its standard output, as JSON that can only become
the type the function declares. Where the system has `resource` the child limits its own memory and time; everywhere the
parent limits the wall clock and the size of the answer.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import IO, Any, get_type_hints

from samsyn.chain.values_json import NotAsDeclared
from samsyn.formats.child_values import decoded_as, encoded
from samsyn.formats.problems import Refused

MEMORY = 420 * 2 ** 20         # bytes of address space; half of it is the interpreter's own libraries
SECONDS = 9.0                  # wall clock; the processor time is limited to the same
MAX_ANSWER = 128 * 2 ** 20

TOO_HEAVY = "Filen är för stor eller för krånglig för att läsas in. Dela den i flera, eller kopiera tabellen till en ny fil och försök igen."
TOO_SLOW = "Filen tog för lång tid att läsa och lästes inte in. Dela den i flera, eller kopiera tabellen till en ny fil och försök igen."
UNREADABLE = "Filen gick inte att läsa. Öppna den i det program den kom från, spara om den och försök igen."

_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONHOME", "TMPDIR", "TEMP", "TMP", "PYTHONDONTWRITEBYTECODE")
_PACKAGE_ROOT = str(Path(__file__).parents[2])


class ChildFailed(Exception):
    """The child ended without an answer. Says how and where in our code, never what the file held."""


def read_safely(function: str, name: str, content: bytes, *, seconds: float = SECONDS, **arguments: str | int | bool | date | None) -> Any:
    """
    Return what `function(name, content, **arguments)` returns, run in a limited process of its own.

    function   "package.module:name" of a top level function, named by our own code; its return type must be declared
    content    the whole file
    seconds    how long it may take by the wall clock
    arguments  passed on; dates, texts, whole numbers, truths or None
    raises     Refused    as the function does; and with a kind sentence if the child ran out of memory or time, or
                          crashed: its cause is then a ChildFailed
    """
    declared = _return_type(function)
    head = json.dumps({"function": function, "name": name, "size": len(content), "seconds": seconds, "arguments": _sent(arguments)})
    answer, ended = _run(head.encode() + b"\n" + content, seconds)
    if ended is None:
        raise Refused(TOO_SLOW) from ChildFailed("time")
    return _result(declared, answer, ended)


def _return_type(function: str) -> Any:
    return get_type_hints(_named(function))["return"]


def _named(function: str) -> Any:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


def _sent(arguments: dict[str, str | int | bool | date | None]) -> dict[str, Any]:
    return {name: {"date": value.isoformat()} if isinstance(value, date) else value for name, value in arguments.items()}


def _received(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value["date"]) if isinstance(value, dict) else value for name, value in arguments.items()}


def _run(message: bytes, seconds: float) -> tuple[bytes, int | None]:
    """Return the child's answer and exit code; None for the code if it had to be stopped."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "samsyn.formats.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment())
    assert child.stdin is not None and child.stdout is not None
    answer: list[bytes] = []
    threads = [threading.Thread(target=_write, args=(child.stdin, message), daemon=True),
               threading.Thread(target=_read, args=(child.stdout, answer), daemon=True)]
    for thread in threads:
        thread.start()
    try:
        threads[1].join(seconds)
        if threads[1].is_alive():
            return b"", None
        whole = b"".join(answer)
        return (b"", 1) if len(whole) >= MAX_ANSWER else (whole, child.wait(timeout=seconds))
    except subprocess.TimeoutExpired:
        return b"", None
    finally:
        _stop(child, threads)


def _environment() -> dict[str, str]:
    """Return what the child needs of the environment, and nothing else: no keys, no passwords."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    paths = [_PACKAGE_ROOT, *filter(None, [os.environ.get("PYTHONPATH", "")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _stop(child: subprocess.Popen[bytes], threads: list[threading.Thread]) -> None:
    """End the child whatever it is doing, and leave no thread or pipe behind."""
    child.kill()
    child.wait()
    for thread in threads:
        thread.join()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _write(pipe: IO[bytes], message: bytes) -> None:
    try:
        pipe.write(message)
        pipe.close()
    except OSError:
        return  # the child ended before it had read everything: its answer, or the lack of one, tells why


def _read(pipe: IO[bytes], answer: list[bytes]) -> None:
    """Read until the child is done, or has said more than it may."""
    size = 0
    while size < MAX_ANSWER and (chunk := pipe.read1(2 ** 20)):  # type: ignore[attr-defined]
        answer.append(chunk)
        size += len(chunk)


def _result(declared: Any, answer: bytes, ended: int) -> Any:
    sort, _, rest = answer.partition(b"\n")
    if sort == b"result":
        try:
            return decoded_as(declared, rest)
        except NotAsDeclared as fault:
            raise Refused(UNREADABLE) from fault
    if sort == b"refused":
        raise Refused(decoded_as(str, rest))
    if sort == b"memory" or (not answer and ended != 0):
        raise Refused(TOO_HEAVY) from ChildFailed(f"exit {ended}")
    raise Refused(UNREADABLE) from ChildFailed(rest.decode("utf-8", "replace")[:500] or f"exit {ended}")


def limit_this_process(seconds: float) -> bool:
    """Limit this process's memory and processor time; return False where the system cannot (Windows)."""
    try:
        import resource
    except ImportError:
        return False
    for limit, wanted in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, max(int(seconds), 1)), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(limit)[1]
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(limit, (allowed, allowed))
        except (ValueError, OSError):  # macOS refuses limits below what is in use: the parent's limits remain
            return False
    return True


def _answer(head: dict[str, Any], content: bytes) -> bytes:
    """Return what to write back: the result, the refusal, or where it failed."""
    try:
        return b"result\n" + encoded(_named(head["function"])(head["name"], content, **_received(head["arguments"])))
    except Refused as refusal:
        return b"refused\n" + encoded(str(refusal))
    except (MemoryError, RecursionError):
        return b"memory\n"
    except Exception as fault:  # whatever a file can make a reader do must become an answer; the parent raises it again
        return b"failed\n" + _where(fault).encode()


def _where(fault: Exception) -> str:
    """Return the fault's type and the lines it passed, never its message: that may quote the file."""
    lines, trace = [], fault.__traceback__
    while trace is not None:
        lines.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(fault).__name__} at {' '.join(lines[-8:])}"


def _own_answer() -> IO[bytes]:
    """Return the pipe to the parent under a number of its own; what a library prints goes nowhere."""
    answer = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answer


def main() -> int:
    """Run in the child: read the head line and the file, answer, end."""
    source, target = sys.stdin.buffer, _own_answer()
    head = json.loads(source.readline())
    _named(head["function"])
    limit_this_process(head["seconds"])
    content = source.read(head["size"])
    target.write(_answer(head, content))
    target.flush()
    os._exit(0)  # nothing to tidy up, and freeing a large file's values takes time


if __name__ == "__main__":
    sys.exit(main())
