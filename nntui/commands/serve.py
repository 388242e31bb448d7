"""`nntui serve [FILE|FOLDER]`: the app in a browser, for whoever sits at this machine."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from nntui.commands.common import load_scenario, whole_number
from nntui.commands.output import flush_output, put
from nntui.files.io.errors import system_reason
from nntui.files.library import meant, named
from nntui.files.recording.header import is_recording
from nntui.text.safe import safe
from nntui.text.usage_error import UsageError

PORT = 8000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", nargs="?", metavar="FILE|NAME|FOLDER", help="what is shown (default: the bundled scenarios)")
    port = whole_number("port", 0, 65535)
    parser.add_argument("--port", type=port, default=PORT, help=f"of 127.0.0.1; 0 takes a free one (default: {PORT})")
    parser.epilog = (
        "One page is one session. Files are only read: recordings and saved runs go into\n"
        "a folder that is gone with the server. It listens on 127.0.0.1 alone, and knows\n"
        "no passwords: whoever has an account on this machine may open it. It is no way\n"
        "to show nntui to others: for a class, see docs/classroom.md. Needs the extra\n"
        "nntui[web]."
    )


def run(options: argparse.Namespace) -> int:
    """Serves until a signal comes."""
    shown, title = _shown(options)
    try:
        from nntui.tui.web.server import LocalServer, listening_socket
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"nntui serve needs {safe(str(missing.name), 40)}, which is not installed; expected the extra web "
            "(pip install 'nntui[web]', in a checkout pip install '.[web]')"
        ) from None
    try:
        listening = listening_socket(options.port)
    except OSError as error:
        reason = system_reason(error)
        raise UsageError(f"--port {options.port} of 127.0.0.1 cannot be had ({reason}); expected a free one, or 0") from None
    with TemporaryDirectory(prefix="nntui-serve-") as folder, listening:
        command = [sys.executable, "-m", "nntui", *shown, "--no-history", "--files-in", folder]
        server = LocalServer(command, title, listening)
        put(f"nntui is on {server.public_url} for this machine alone; Ctrl+C ends it")
        flush_output()
        return 128 + server.run()


def _shown(options: argparse.Namespace) -> tuple[list[str], str]:
    """The arguments of the app, and the title of its page; InputError where the file is not as it must be."""
    if options.file is None:
        return [], "nntui"
    if named(options.file) is None and Path(options.file).is_dir():
        return ["--offer", str(Path(options.file).resolve())], "nntui"
    path = Path(meant(options.file))
    if is_recording(path):
        return [str(path.resolve())], path.name
    options.changes = []
    return [str(path.resolve())], load_scenario(options).title
