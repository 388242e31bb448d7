"""The page in which the app is shown; the terminal in it is that of textual-serve."""

from base64 import b64encode
from hashlib import sha256
from html import escape

FONT_SIZE = 16
_SCRIPT = """
addEventListener("load", () => {
  const terminal = document.getElementById("terminal");
  const focus = () => terminal.querySelector("textarea")?.focus();
  new MutationObserver(focus).observe(terminal, {childList: true, subtree: true});
  new MutationObserver(() => { document.getElementById("ended").hidden = !document.body.classList.contains("-closed"); })
    .observe(document.body, {attributes: true});
  document.getElementById("again").addEventListener("click", () => location.reload());
  focus();
});
"""
_STYLE = """
html, body { margin: 0; height: 100%; background: #101216; color: #d0d4dc; font: 16px/1.5 system-ui, sans-serif; }
#terminal { height: 100vh; }
#ended { position: fixed; inset: 0; z-index: 10; display: grid; place-content: center; background: #101216; }
#ended[hidden] { display: none; }
#again { font: inherit; padding: 0.5rem 1rem; }
"""
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%(title)s</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/css/xterm.css">
<style>%(style)s</style>
<script src="/static/js/textual.js"></script>
<script>%(script)s</script>
</head>
<body>
<div id="terminal" class="textual-terminal" data-session-websocket-url="%(line)s" data-font-size="%(font)d"></div>
<div id="ended" hidden><p>The session has ended.</p><button id="again" type="button">Begin again</button></div>
</body>
</html>
"""


def page(title: str, address: str) -> str:
    """The page of a server at an address (host and port)."""
    line = f"ws://{address}/ws"
    values = {"title": escape(title), "line": escape(line), "style": _STYLE, "script": _SCRIPT, "font": FONT_SIZE}
    return _PAGE % values


def headers(address: str) -> dict[str, str]:
    """What a browser may do with an answer: run our script and textual-serve's, talk to this server, and show it in no frame."""
    digest = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self' data:; connect-src ws://{address}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
