"""The command line. Exit codes: 0 done; 1 ran and found a problem; 2 refused input or usage, one line on stderr."""

import os
import sys

import typer
from typer.exceptions import Abort, Exit, TyperException

from bot import __version__
from bot.commands.asking import ask
from bot.commands.chat import chat
from bot.commands.database import backup, migrate, purge, restore
from bot.commands.files import CommandError
from bot.commands.operations import check, package
from bot.commands.reading import changes, read
from bot.commands.running import demo, serve
from bot.commands.scanning import scan

app = typer.Typer(
    name="clausewise",
    help="Answers from a signed information sharing protocol, in its own words.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    read,
    ask,
    scan,
    changes,
    chat,
    serve,
    demo,
    migrate,
    backup,
    restore,
    purge,
    package,
    check,
):
    app.command()(command)


@app.command()
def version() -> None:
    """The version of Clausewise."""
    print(__version__)


def main() -> None:
    """Run one command; every refusal is one line on standard error."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except CommandError as error:
        return _refuse(str(error))
    except TyperException as error:
        return _refuse(f"{error.format_message()} See 'clausewise --help'.")
    except Exit as exit_:
        return exit_.exit_code
    except (Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _refuse(reason: str) -> int:
    print(" ".join(reason.split()), file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
