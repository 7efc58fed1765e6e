"""The desk's own facts on the screen."""

from leadconsole.team.screen.desk import DeskScreen as DeskScreen
