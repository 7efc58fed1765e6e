"""The month-end payout of the lead: volume, share, costs, profit, split, and the close of the month."""
