"""Notifications of Textual: never parsed as markup, and with a place on the screen only once there is one."""

from __future__ import annotations

from textual.app import App
from textual.notifications import SeverityLevel

from leadconsole.kernel.text import clean_line, clean_text


class Toasting(App[None]):
    """An app whose screens have no rack for toasts before there is a toast: most never have any."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Textual's notification, its text never parsed as markup."""
        super().notify(clean_text(message), title=clean_line(title), severity=severity, timeout=timeout, markup=False)

    def _refresh_notifications(self) -> None:
        if self._notifications and self._screen_stack and not self._disable_notifications:
            from textual.widgets._toast import ToastRack

            if not any(isinstance(node, ToastRack) for node in self.screen.children):
                self.screen.mount(ToastRack(id="textual-toastrack"))
        super()._refresh_notifications()
