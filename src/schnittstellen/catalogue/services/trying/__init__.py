"""Testing a message that a visitor hands over: judged in a process of its own, and nothing of it stays."""
