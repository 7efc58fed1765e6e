"""The screen of Today."""

from leadconsole.today.screen.today import TodayScreen as TodayScreen
