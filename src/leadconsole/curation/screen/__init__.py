"""Who leads, who covers, who is away, and what becomes of the clients then, on the screen."""

from leadconsole.curation.screen.cover import CoverScreen as CoverScreen
