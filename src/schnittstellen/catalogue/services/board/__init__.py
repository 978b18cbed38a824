"""The procedure of the board: a vendor applies, the board asks, votes and decides, duties are met."""
