"""1-on-1s on the screen."""

from leadconsole.one_on_one.screen.review import ReviewScreen as ReviewScreen
