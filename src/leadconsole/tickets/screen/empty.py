"""What the empty queue says: what is going on, and the next step with the key that does it."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.kernel.access import Actor, Capability
from leadconsole.kernel.i18n import N_, _
from leadconsole.tickets.first_steps import Begun, Step, next_step

KeyOf = Callable[[str], str]
"""The key that a command has for this user, as people read it."""

DESK_DIGIT = "7"
"""The screen with people, clients and norms."""

_TITLES = {
    Step.CLIENTS: N_("Clients: for whom do you work?"),
    Step.NORMS: N_("Norms: how soon must a reply and a solution come?"),
    Step.POLICY: N_("A policy: which client has which norms?"),
    Step.TICKETS: N_("The first ticket"),
}
_HOW = {
    Step.CLIENTS: N_("{desk} opens the Desk screen, where you add one;\nleadconsole import FOLDER brings many."),
    Step.NORMS: N_("{desk} opens the Desk screen, where you set them;\nwithout norms no ticket is ever late."),
    Step.POLICY: N_("{desk} opens the Desk screen: give a client the policy of your norms;\nuntil then no clock runs."),
    Step.TICKETS: N_("{new} writes it down; leadconsole import FOLDER brings many from files."),
}


def searched(text: str, key_of: KeyOf) -> str:
    """What a search without a find says."""
    return _("Nothing here has «{text}».\n{back} clears the search, {next} looks in the next view.").format(
        text=text, back=key_of("app.back"), next=key_of("queue.next-view")
    )


def nothing_waits(key_of: KeyOf) -> str:
    """What an empty view of a desk with tickets says."""
    return _("Nothing waits here.\n{next} shows the next view, {list} lists them.").format(
        next=key_of("queue.next-view"), list=key_of("queue.view")
    )


def first_steps(begun: Begun, actor: Actor, key_of: KeyOf) -> str:
    """The steps of a new desk: what is done, which one is next, and how to do it."""
    following = next_step(begun)
    if following is None:
        return nothing_waits(key_of)
    lines = [_("This desk has no tickets yet. The next step stands at the arrow."), ""]
    steps = [step for step in Step if step != Step.POLICY or following == Step.POLICY]
    for step in steps:
        sign = "→" if step == following else "✓" if steps.index(step) < steps.index(following) else " "
        lines.append(f"{sign} {_(_TITLES[step])}")
        if step == following:
            lines += [f"    {line}" for line in _how(step, actor, key_of).splitlines()]
    return "\n".join([*lines, "", _("leadconsole demo, in another terminal, shows how a desk looks at work.")])


def _how(step: Step, actor: Actor, key_of: KeyOf) -> str:
    if step != Step.TICKETS and not actor.may(Capability.CHANGE_DESK):
        return _("Your team lead does this.")
    return _(_HOW[step]).format(desk=DESK_DIGIT, new=key_of("ticket.add"))
