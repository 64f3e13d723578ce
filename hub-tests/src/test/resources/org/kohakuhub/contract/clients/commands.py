"""Runs commands of hf by its own entry, in the process of the test, and keeps count of which were run."""

import contextlib
import io
import json
import sys

from huggingface_hub.cli.hf import app

ran = set()


def commands(group=app, path=()):
    """All commands of this version that do something, as words joined by blanks."""
    names = group.list_commands(None) if hasattr(group, "list_commands") else ()
    if not names:
        return {" ".join(path)}
    return set().union(*(commands(group.get_command(None, name), (*path, name)) for name in names))


def hf(*arguments, fails=None):
    """What a command prints; a command that must fail says this."""
    printed, sys.argv, failure = io.StringIO(), ["hf", *arguments], None
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()) as complaints:
        try:
            app()
        except SystemExit as end:
            failure = end.code or None
        except Exception as error:
            failure = error
    said = printed.getvalue() if fails is None else f"{printed.getvalue()}{complaints.getvalue()}{failure}"
    shown = f"hf {' '.join(arguments)}: {failure!r} {said!r} {complaints.getvalue()!r}"
    assert (failure is None) == (fails is None) and (fails or "") in said, shown
    ran.update(command for command in ALL if list(arguments)[: command.count(" ") + 1] == command.split(" "))
    return said


def knows(group, word):
    """Whether this version has a command or a switch."""
    return word in hf(*group, "--help")


def hf_json(*arguments):
    return json.loads(hf(*arguments, "--format", "json"))


ALL = commands()
