"""Dialogs: input by constructor, result by `ModalScreen[Result | None]`, None when cancelled.

Await them in a worker with `push_screen_wait`. Import a dialog where it is first needed: none is part of
the start.
"""
