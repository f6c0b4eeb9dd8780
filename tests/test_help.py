"""What `kg --help` shows: every command and every option is told of."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from kg.cli import kg, main


def find_commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from find_commands(command, (*path, name))


def find_command(path: tuple[str, ...]) -> click.Command:
    command: click.Command = kg
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return command


COMMANDS = sorted(find_commands(kg))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_told_of(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Usage: kg {' '.join(path)} ")
    command = find_command(path)
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_wrong_option_ends_with_status_two(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*path, "--no-such-option"]) == 2
    told = capsys.readouterr().err
    assert "No such option" in told and "--help" in told
