"""A fault of nntui itself ends the app without a traceback on the screen."""

from textual.app import App


class AppWithFaults(App[None]):
    """Keeps the fault that ended it, for the command line to tell in one line."""

    fault: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        if self.is_headless:
            super()._handle_exception(error)  # a test wants to see it
        elif self.fault is None:
            self.fault = error
            self.exit(return_code=1)
