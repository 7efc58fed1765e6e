"""The first run on a terminal: ask, then open the demo or the desk that was made."""

from __future__ import annotations

from leadconsole.kernel.headless import Answer, Call


def first_run(call: Call) -> Answer:
    """Ask how the desk in the user's data folder begins, and open what was chosen."""
    from leadconsole.console.preferences import UserPreferences
    from leadconsole.console.start import run_console
    from leadconsole.welcome.proposals import proposals
    from leadconsole.welcome.screen.app import WelcomeApp

    app = WelcomeApp(call.path, call.clock, proposals(), UserPreferences())
    app.run()
    if app.outcome == "demo":
        from leadconsole.demo.cli import open_demo

        return open_demo(call)
    if app.outcome == "desk":
        return Answer({}, lambda cells: (), run_console(call.sit()))
    return Answer({}, lambda cells: (), app.return_code or 0)
