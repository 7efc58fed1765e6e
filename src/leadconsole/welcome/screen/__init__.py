"""What the person sees on the first run."""

from leadconsole.welcome.screen.welcome import WelcomeScreen as WelcomeScreen
