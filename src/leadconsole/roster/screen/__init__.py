"""The roster on the screen."""

from leadconsole.roster.screen.roster import RosterScreen as RosterScreen
