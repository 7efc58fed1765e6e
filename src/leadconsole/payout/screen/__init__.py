"""The Payout screen."""

from leadconsole.payout.screen.payout import PayoutScreen as PayoutScreen
